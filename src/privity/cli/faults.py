"""From what stood in a command's way to one sentence for the person who runs it."""

from socket import gaierror

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
        case PermissionError(filename=str(name)):
            return f"This account may not open {name}. Run the command as the account that runs Privity."
        case OSError(filename=str(name), strerror=str(why)):
            return f"{name} cannot be used: {why}."
    return _of_the_database(failure)


def _of_the_database(failure: Exception) -> str | None:
    import asyncpg

    match failure:
        case asyncpg.InvalidPasswordError() | asyncpg.InvalidAuthorizationSpecificationError():
            return "The database does not know this installation. Name its own data folder, or run `privity migrate`."
        case asyncpg.InvalidCatalogNameError():
            return "The database that DATABASE_URL names does not exist. Create it (`createdb`), or name another."
        case asyncpg.InsufficientPrivilegeError():
            return (
                "The account of DATABASE_URL may not make roles or a schema: give it CREATEROLE and CREATEDB."
            )
        case asyncpg.LockNotAvailableError():
            return (
                "The database is busy with something that holds a table. Stop the server, and run it again."
            )
        case asyncpg.DiskFullError() | asyncpg.TooManyConnectionsError() | asyncpg.OutOfMemoryError():
            return f"The database has no room: {failure}."
        case (
            asyncpg.PostgresConnectionError()
            | ConnectionError()
            | TimeoutError()
            | gaierror()
            | FileNotFoundError()
        ):
            return "The database does not answer. See that it runs, and that DATABASE_URL names it."
    return None
