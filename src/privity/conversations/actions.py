"""The story of what a contact does: start a conversation, write into it, mark it read, rate it."""

from typing import NoReturn
from uuid import UUID

from privity.conversations import store
from privity.conversations.model import Draft, Outcome, Sent, Standing, Started
from privity.db.bus import Event
from privity.house import House
from privity.policy.facts import Case, Conversation
from privity.policy.verdict import Permit, Refusal, decide, decide_write
from privity.proofs.door import SENTENCES
from privity.proofs.model import Caller
from privity.web import limits, wire
from privity.web.input import clean_body, clean_page
from privity.web.problems import Problem, not_found


async def start(
    house: House, caller: Caller, draft: Draft, page: str | None = None
) -> tuple[wire.StartedConversation, bool]:
    """A conversation with its first message; False where the same start is already stored."""
    draft = _accepted(house, caller, draft)
    started = await store.start(house, caller, draft, clean_page(page))
    _insist(started.outcome)
    if started.outcome == "stored":
        await _count_as_lead(house, caller)
        began = Conversation(
            caller.viewer.workspace, started.id, caller.viewer.session, caller.viewer.identity
        )
        house.bus.announce(_written(began, caller, seq=1, team_seq=1))
    return _as_started(started, caller), started.outcome == "stored"


async def send(
    house: House, caller: Caller, conversation: UUID, draft: Draft, known: Conversation | None = None
) -> tuple[wire.Message, bool]:
    """One more message of the contact; False where the same send is already stored.

    A socket brings the facts that it has `known`. The statement that stores looks again whether the session lives
    and the conversation is its own; where it does not find so, the facts are read anew.
    """
    draft = _accepted(house, caller, draft)
    permit, found = _permitted_by(house, caller, known) or await permitted(house, caller, conversation)
    sent = await store.send(house, caller, permit, draft)
    if sent.outcome == "refused":
        permit, found = await permitted(house, caller, conversation)
        sent = await store.send(house, caller, permit, draft)
    _insist(sent.outcome)
    if sent.outcome == "stored":
        await _count_as_lead(house, caller)
        house.bus.announce(*_news_of(sent, found, caller))
    return _as_message(sent, caller), sent.outcome == "stored"


async def mark_read(house: House, caller: Caller, conversation: UUID, seq: int) -> None:
    """The contact has seen everything up to `seq`."""
    permit, found = await permitted(house, caller, conversation)
    marked = await store.mark_read(house, permit, seq)
    if marked is not None:
        house.bus.announce(
            Event("read", permit.workspace, found.id, found.origin_session, found.owner, seq=marked)
        )


async def tell_typing(house: House, caller: Caller, conversation: UUID) -> None:
    """The contact is writing; nothing is stored."""
    _may_write(caller)
    permit, found = await permitted(house, caller, conversation)
    house.bus.announce(
        Event("typing", permit.workspace, found.id, found.origin_session, found.owner, permit.session)
    )


async def rate(house: House, caller: Caller, conversation: UUID, score: int) -> None:
    """From 1 to 5, how it went."""
    _may_write(caller)
    permit, _ = await permitted(house, caller, conversation)
    if not await store.rate(house, permit, score):
        _session_over()


async def permitted(house: House, caller: Caller, conversation: UUID) -> tuple[Permit, Conversation]:
    """The judge's yes for this conversation, or the one answer for every no."""
    standing = await store.standing(house, caller.viewer, conversation)
    if not standing.lives:
        _session_over()
    verdict = judge(house, caller, standing)
    if isinstance(verdict, Refusal) or standing.conversation is None:
        raise not_found()
    return verdict, standing.conversation


def _permitted_by(
    house: House, caller: Caller, known: Conversation | None
) -> tuple[Permit, Conversation] | None:
    if known is None:
        return None
    verdict = judge(house, caller, Standing(True, known))
    return (verdict, known) if isinstance(verdict, Permit) else None


def judge(house: House, caller: Caller, standing: Standing) -> Permit | Refusal:
    """Asked for every request and every delivery; a refusal is counted."""
    case = Case(caller.viewer, standing.conversation, caller.rules.history_from)
    verdict = decide(case, house.clock())
    if isinstance(verdict, Refusal):
        house.ledger.refused(caller.viewer.workspace, caller.viewer.session, verdict.reason)
    return verdict


def _accepted(house: House, caller: Caller, draft: Draft) -> Draft:
    """A draft that may be stored: from somebody who may write, not too many at once, of clean text."""
    _may_write(caller)
    house.limiter.take(limits.MESSAGES, "messages", str(caller.viewer.session))
    return Draft(clean_body(draft.body), draft.client_id)


def _may_write(caller: Caller) -> None:
    if decide_write(caller.viewer, caller.rules.least_to_write) is not None:
        raise Problem(403, "proof_needed", "Sign in on the site first, then write here.")


def _insist(outcome: Outcome) -> None:
    """Go on only with what is stored, by this send or by the same one before it."""
    if outcome == "refused":
        _session_over()
    if outcome == "conflict":
        raise Problem(409, "client_id_reused", "This client_id was already used for other words.")


def _session_over() -> NoReturn:
    """It passed the gate, and ended before the rows were touched."""
    raise Problem(401, "session_over", SENTENCES["session_over"])


async def _count_as_lead(house: House, caller: Caller) -> None:
    if caller.contact_kind == "visitor":
        await store.become_lead(house, caller)


def _news_of(sent: Sent, conversation: Conversation, caller: Caller) -> list[Event]:
    written = _written(conversation, caller, sent.seq, sent.team_seq)
    if not sent.reopened:
        return [written]
    reopened = Event(
        "state", conversation.workspace, conversation.id, conversation.origin_session, conversation.owner
    )
    return [written, reopened]


def _written(conversation: Conversation, caller: Caller, seq: int, team_seq: int) -> Event:
    return Event(
        "message",
        conversation.workspace,
        conversation.id,
        conversation.origin_session,
        conversation.owner,
        caller.viewer.session,
        caller.contact,
        seq=seq,
        team_seq=team_seq,
    )


def _as_message(sent: Sent, caller: Caller) -> wire.Message:
    return wire.Message(id=sent.id, seq=sent.seq, author=_author(caller), body=sent.body, sent_at=sent.at)


def _as_started(started: Started, caller: Caller) -> wire.StartedConversation:
    first = wire.Message(
        id=started.message, seq=1, author=_author(caller), body=started.body, sent_at=started.at
    )
    return wire.StartedConversation(
        id=started.id, state="open", started_at=started.at, last_message=first, unread=0, messages=[first]
    )


def _author(caller: Caller) -> wire.Author:
    return wire.Author(kind="contact", name=caller.name)
