"""`privity why`: the sentences of the inbox's *Why?* and of the written policy, on the command line."""

from collections.abc import Iterator
from uuid import UUID

from rich.markup import escape

from privity.audit.model import AuditEvent
from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.cli.snippets import lines_of
from privity.history.why import why
from privity.settings import Settings
from privity.web import wire


async def tell(
    settings: Settings,
    *,
    contact: str,
    conversation: str | None,
    suppose: wire.Supposition | None,
    language: str | None,
    workspace: str | None,
    json: bool,
) -> None:
    """Why a contact does or does not see a conversation, or each of its own; or what it would see otherwise."""
    who, what = _id("--contact", contact), _id("--conversation", conversation) if conversation else None
    code = lines_of(language) if language is not None else []
    async with visited_house(settings) as house:
        chosen = await the_workspace(house, workspace)
        answer = await why(house, chosen, who, what)
        await house.ledger.record(
            AuditEvent(chosen, "read", "operator", subject=who, reason="why", count=len(answer.conversations))
        )
    if json:
        give(answer if suppose is None else _supposed(answer, suppose))
        return
    if suppose is not None:
        say(*_otherwise(_supposed(answer, suppose)))
        return
    if what is None:
        say(escape(answer.sentence), *answer.missing)
    say(*(line for row in answer.conversations for line in _row(row)))
    say(*_others(answer), *code)


def _supposed(answer: wire.Why, suppose: wire.Supposition) -> wire.Supposed:
    return next(one for one in answer.suppositions if one.suppose == suppose)


def _otherwise(one: wire.Supposed) -> Iterator[str]:
    yield f"[bold]{escape(one.title)}[/]: {one.sentence}"
    for row in one.reasons:
        yield f"{'yes' if row.allowed else 'no'} · {row.reason} · {row.count} · {row.sentence}"


def _row(row: wire.Access) -> Iterator[str]:
    yield f"[bold]{'yes' if row.allowed else 'no'}[/] · {row.reason} · {row.conversation_id}"
    yield row.sentence
    if row.remedy:
        yield f"What helps: {row.remedy}"


def _others(answer: wire.Why) -> Iterator[str]:
    """Of other people's, with the same address: how many, and no more."""
    if answer.others_with_claimed_email:
        yield f"Of others with the same address: {answer.others_with_claimed_email} · not_proved"


def _id(option: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(
            f"{option} takes an id, such as the one in the inbox's address. {text!r} is none."
        ) from None
