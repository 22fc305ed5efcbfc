"""What a contact would see if one fact were another: the judge is asked again, and nothing more is read for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from privity.history.why_facts import Facts, verdict
from privity.history.why_links import BY_LINK, other_side, reached_from
from privity.policy.facts import Assurance, Conversation, Viewer
from privity.policy.remedies import sentence
from privity.policy.verdict import Refusal, gate
from privity.web import wire

# A session that nobody has opened, and an identity that nobody has proved: no row of any workspace has these ids.
ANOTHER_SESSION = UUID(int=0)
SOMEBODY_NEW = UUID(int=0)
A_MOMENT = timedelta(seconds=1)

Standing = Viewer | Refusal


def suppositions(facts: Facts, standing: Standing, at: datetime) -> list[wire.Supposed]:
    """Each is this contact as it stands, but for one fact."""
    return [
        _a_good_token(facts, standing, at),
        _a_code(facts, standing, at),
        _mailbox_opens(facts, standing, at),
        _still_open(facts, standing, at),
    ]


def _a_good_token(facts: Facts, standing: Standing, at: datetime) -> wire.Supposed:
    identity = facts.identities.get("site") or other_side(facts.links, "site") or SOMEBODY_NEW
    proved = _proving(facts, standing, identity, Assurance.SIGNED)
    title = f"If the page gave a good token{_where(facts, standing)}"
    return _judged("token", title, facts, proved, facts.history_from, at)


def _a_code(facts: Facts, standing: Standing, at: datetime) -> wire.Supposed:
    if facts.address is None:
        title = "If they proved a mailbox by a code"
        return _impossible("code", title, "They have named no address that a code could be sent to.")
    title = f"If they proved {facts.address} by a code{_where(facts, standing)}"
    if not facts.codes:
        return _impossible("code", title, "This workspace mails no codes.")
    linked = other_side(facts.links, "mailbox", facts.address)
    identity = facts.identities.get("mailbox") or linked or SOMEBODY_NEW
    proved = _proving(facts, standing, identity, Assurance.MAILBOX)
    return _judged("code", title, facts, proved, facts.history_from, at)


def _mailbox_opens(facts: Facts, standing: Standing, at: datetime) -> wire.Supposed:
    title = "If `history_from` were `mailbox`"
    if facts.history_from <= Assurance.MAILBOX:
        return _impossible("mailbox_opens", title, "A proved mailbox opens history here already.")
    return _judged("mailbox_opens", title, facts, standing, Assurance.MAILBOX, at)


def _still_open(facts: Facts, standing: Standing, at: datetime) -> wire.Supposed:
    title = "If their last session were still open"
    if facts.seat is None:
        return _impossible("still_open", title, "They have not opened the chat yet.")
    if isinstance(standing, Viewer):
        return _impossible("still_open", title, "It is open.")
    if facts.seat.end_reason == "key_revoked":
        title = "If the signing key behind their last session still lived"
    session = replace(facts.seat.session, ended_at=None, expires_at=at + A_MOMENT, last_seen_at=at)
    revived = gate(session, facts.workspace, at)
    return _judged("still_open", title, facts, revived, facts.history_from, at)


def _proving(facts: Facts, standing: Standing, identity: UUID, assurance: Assurance) -> Viewer:
    """A session that proved this identity: the standing one renewed, or a new one with what is on offer to it."""
    if isinstance(standing, Viewer) and standing.identity == identity:
        return replace(standing, assurance=max(standing.assurance, assurance))
    linked = reached_from(facts.links, identity)
    offered = _on_offer(facts, standing)
    return Viewer(facts.workspace, ANOTHER_SESSION, assurance, identity, linked, offered)


def _on_offer(facts: Facts, standing: Standing) -> frozenset[UUID]:
    """The standing lead's words; of one whose chat is over, those for which its browser holds a ticket."""
    if isinstance(standing, Viewer):
        is_asked = facts.adopts and standing.identity is None
        return frozenset({standing.session}) if is_asked else frozenset()
    return frozenset({facts.seat.session.id}) if facts.seat and facts.has_ticket else frozenset()


def _where(facts: Facts, standing: Standing) -> str:
    """A ticket is of one browser; what another one proves, it is not asked about."""
    return " in the browser that they wrote in" if facts.has_ticket and isinstance(standing, Refusal) else ""


def _judged(
    suppose: wire.Supposition,
    title: str,
    facts: Facts,
    standing: Standing,
    history_from: Assurance,
    at: datetime,
) -> wire.Supposed:
    said = [_said(standing, place, history_from, at) for _, place in facts.conversations]
    sees = sum(allowed for allowed, _, _ in said)
    return wire.Supposed(
        suppose=suppose,
        title=title,
        possible=True,
        sentence=_would_see(sees, len(said)),
        sees=sees,
        reasons=_counted(said),
    )


def _said(
    standing: Standing, place: Conversation | None, history_from: Assurance, at: datetime
) -> tuple[bool, str, str]:
    allowed, reason = verdict(standing, place, history_from, at)
    linked = isinstance(standing, Viewer) and place is not None and place.owner in standing.linked
    return allowed, reason, BY_LINK if linked and reason == "owner" else sentence(reason)


def _counted(said: Sequence[tuple[bool, str, str]]) -> list[wire.ReasonCount]:
    return [
        wire.ReasonCount(reason=reason, allowed=allowed, count=count, sentence=words)
        for (allowed, reason, words), count in Counter(said).most_common()
    ]


def _would_see(sees: int, of: int) -> str:
    if of == 0:
        return "They have no conversation to see."
    if sees == 0:
        return "They would see no conversation of their own."
    if sees < of:
        return f"They would see {sees} of their own {of} conversations."
    return "They would see their own conversation." if of == 1 else f"They would see all {of} of their own."


def _impossible(suppose: wire.Supposition, title: str, why: str) -> wire.Supposed:
    return wire.Supposed(suppose=suppose, title=title, possible=False, sentence=why, sees=0, reasons=[])
