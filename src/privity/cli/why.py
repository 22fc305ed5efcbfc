"""`privity why`: the sentence of the inbox's *Why?* and of the written policy, on the command line."""

from uuid import UUID

from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.history.why import why
from privity.settings import Settings


async def tell(
    settings: Settings, *, contact: str, conversation: str | None, workspace: str | None, json: bool
) -> None:
    """Why a contact does or does not see a conversation, or each of its own."""
    who, what = _id("--contact", contact), _id("--conversation", conversation) if conversation else None
    async with visited_house(settings) as house:
        answer = await why(house, await the_workspace(house, workspace), who, what)
    if json:
        give(answer)
        return
    if what is None:
        say(answer.sentence, *answer.missing)
    for row in answer.conversations:
        say(f"[bold]{'yes' if row.allowed else 'no'}[/] · {row.reason} · {row.conversation_id}", row.sentence)
        if row.remedy:
            say(f"What helps: {row.remedy}")


def _id(option: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(
            f"{option} takes an id, such as the one in the inbox's address. {text!r} is none."
        ) from None
