"""`privity why`: the sentences of the inbox's *Why?* and of the written policy, on the command line."""

from collections.abc import Iterator
from uuid import UUID

from rich.markup import escape

from privity.audit.model import AuditEvent
from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.cli.snippets import lines_of, snippet_for, with_code
from privity.history.why import why
from privity.settings import Settings
from privity.web import wire
from privity.web.problems import Problem


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
    code = snippet_for(language)
    async with visited_house(settings) as house:
        chosen = await the_workspace(house, workspace)
        try:
            answer = await why(house, chosen, who, what)
        except Problem:
            raise CommandError(
                f"This workspace has no contact {who}. The inbox's address names a conversation; who wrote it stands "
                "in `GET /api/v1/conversations/{conversation_id}`."
            ) from None
        await house.ledger.record(
            AuditEvent(chosen, "read", "operator", subject=who, reason="why", count=len(answer.conversations))
        )
    asked = answer if suppose is None else _supposed(answer, suppose)
    if json:
        give(with_code(asked, code))
    else:
        say(*_told(asked, whole=what is None), *lines_of(code))


def _told(asked: wire.Why | wire.Supposed, *, whole: bool) -> Iterator[str]:
    if isinstance(asked, wire.Supposed):
        yield from _otherwise(asked)
        return
    if whole:
        yield from map(escape, (asked.sentence, *asked.missing, *asked.links))
    yield from (line for row in asked.conversations for line in _row(row))
    yield from _others(asked)


def _supposed(answer: wire.Why, suppose: wire.Supposition) -> wire.Supposed:
    return next(one for one in answer.suppositions if one.suppose == suppose)


def _otherwise(one: wire.Supposed) -> Iterator[str]:
    yield f"[bold]{escape(one.title)}[/]: {escape(one.sentence)}"
    for row in one.reasons:
        yield f"{'yes' if row.allowed else 'no'} · {row.reason} · {row.count} · {row.sentence}"


def _row(row: wire.Access) -> Iterator[str]:
    yield f"[bold]{'yes' if row.allowed else 'no'}[/] · {row.reason} · {row.conversation_id}"
    yield escape(row.sentence)
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
