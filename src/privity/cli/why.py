"""`privity why`: the sentences of the inbox's *Why?* and of the written policy, on the command line."""

from collections.abc import Iterator
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from privity.audit.model import AuditEvent
from privity.cli.asked import UNSAID, Asked, id_of
from privity.cli.console import CommandError, answer, marked
from privity.cli.place import visited_workspace
from privity.cli.snippets import Language, lines_of, snippet_for, with_code
from privity.web import wire
from privity.web.problems import Problem


async def why(
    *,
    contact: Annotated[str, Parameter(help="The contact's id.")],
    conversation: Annotated[
        str | None, Parameter(help="A conversation's id; without it, each of its own.")
    ] = None,
    suppose: Annotated[
        wire.Supposition | None,
        Parameter(
            name="--if",
            help="What it would see of its own if the page gave a good token, if its mailbox were proved by a code, "
            "if a proved mailbox opened history, or if its last session were still open.",
        ),
    ] = None,
    language: Language = None,
    asked: Asked = UNSAID,
) -> None:
    """The question is put to the policy that the chat's own doors ask, and that it was put is recorded."""
    from privity.history.why import why as explained

    who, what = id_of("--contact", contact), id_of("--conversation", conversation) if conversation else None
    code = snippet_for(language)
    async with visited_workspace(asked) as (house, workspace):
        try:
            found = await explained(house, workspace, who, what)
        except Problem:
            raise CommandError(
                f"This workspace has no contact {who}. The inbox's address names a conversation; who wrote it stands "
                "in `GET /api/v1/conversations/{conversation_id}`."
            ) from None
        await house.ledger.record(
            AuditEvent(
                workspace, "read", "operator", subject=who, reason="why", count=len(found.conversations)
            )
        )
    told = found if suppose is None else _supposed(found, suppose)
    answer(with_code(told, code), *_lines(told, whole=what is None), *lines_of(code), json=asked.json)


def _supposed(found: wire.Why, suppose: wire.Supposition) -> wire.Supposed:
    return next(one for one in found.suppositions if one.suppose == suppose)


def _lines(told: wire.Why | wire.Supposed, *, whole: bool) -> Iterator[str | Text]:
    if isinstance(told, wire.Supposed):
        yield from _otherwise(told)
        return
    if whole:
        yield from (told.sentence, *told.missing, *told.links)
    yield from (line for row in told.conversations for line in _row(row))
    yield from _others(told)


def _otherwise(one: wire.Supposed) -> Iterator[str | Text]:
    yield marked("[bold]{}[/]: {}", one.title, one.sentence)
    for row in one.reasons:
        yield f"{'yes' if row.allowed else 'no'} · {row.reason} · {row.count} · {row.sentence}"


def _row(row: wire.Access) -> Iterator[str | Text]:
    yield marked("[bold]{}[/] · {} · {}", "yes" if row.allowed else "no", row.reason, row.conversation_id)
    yield row.sentence
    if row.remedy:
        yield f"What helps: {row.remedy}"


def _others(found: wire.Why) -> Iterator[str | Text]:
    """Of other people's, with the same address: how many, and no more."""
    if found.others_with_claimed_email:
        yield f"Of others with the same address: {found.others_with_claimed_email} · not_proved"
