"""From what stood in a command's way to one sentence for the person who runs it."""

from privity.cli.console import CommandError
from privity.refused import RefusedError


def sentence_of(failure: Exception) -> str | None:
    """What happened and what to do; None for what nobody foresaw."""
    from privity.db.embedded import EmbeddedError
    from privity.db.engine import EngineError
    from privity.web.built import NotBuiltError
    from privity.web.problems import Problem

    match failure:
        case RefusedError() | CommandError() | EmbeddedError() | EngineError() | NotBuiltError():
            return str(failure)
        case Problem():
            return failure.detail
        case ModuleNotFoundError(name="demo" | "demo.site" | "privity_client"):
            return "The demo's customer site is part of the checkout. Clone it, and run `bin/demo` there."
        case PermissionError():
            return f"This account may not open {failure.filename}. Run the command as the account that runs Privity."
    return _of_the_database(failure)


def _of_the_database(failure: Exception) -> str | None:
    import asyncpg

    match failure:
        case asyncpg.InvalidPasswordError() | asyncpg.InvalidAuthorizationSpecificationError():
            return "The database does not know this installation. Name its own data folder, or run `privity migrate`."
        case asyncpg.InvalidCatalogNameError():
            return "The database that DATABASE_URL names does not exist. Create it (`createdb`), or name another."
        case asyncpg.PostgresConnectionError() | ConnectionError():
            return "The database does not answer. See that it runs, and that DATABASE_URL names it."
    return None
