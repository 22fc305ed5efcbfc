"""Who will see an answer: said above each composer, from what the judge says of each session that it may concern."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from privity.policy.facts import Assurance, Case, Conversation, Session
from privity.policy.verdict import Permit, Refusal, decide, gate
from privity.web import wire


@dataclass(frozen=True, slots=True)
class Listeners:
    """Around one conversation: its owner, if it has one, by name and proof, and every session that it may concern.

    `has_ticket`: who proves an identity where it began will be asked whether it is theirs.
    """

    conversation: Conversation
    owner_name: str | None
    owner_proof: Assurance
    sessions: Iterable[Session]
    history_from: Assurance
    has_ticket: bool = False


def audience(listeners: Listeners, at: datetime) -> wire.Audience:
    """Now, where the judge lets a living session read it; later, where its owner can prove it again; or nobody."""
    reasons = {_reason(listeners, session, at) for session in listeners.sessions}
    name = listeners.owner_name
    if reasons & {"live", "owner"}:
        return wire.Audience(reach="now", sentence=f"{name or 'This visitor'}, now")
    if name is not None:
        return _later(name, listeners)
    if "on_offer" in reasons:
        return wire.Audience(
            reach="later", sentence="Whoever signed in where this began, if they keep the conversation"
        )
    if listeners.has_ticket:
        return wire.Audience(
            reach="later",
            sentence="Nobody now: this visitor's session is over. Later whoever signs in first in that browser, "
            "if they keep the conversation",
        )
    return wire.Audience(reach="nobody", sentence="Nobody: this visitor's session is over")


def _later(name: str, listeners: Listeners) -> wire.Audience:
    proof = listeners.owner_proof
    if Assurance.NONE < proof < listeners.history_from:
        return wire.Audience(
            reach="nobody",
            sentence=f"Nobody: {name} proved less than this workspace asks before it shows the past",
        )
    again = " again" if proof > Assurance.NONE else ""
    return wire.Audience(reach="later", sentence=f"{name}, when they sign in{again}")


def _reason(listeners: Listeners, session: Session, at: datetime) -> str:
    viewer = gate(session, listeners.conversation.workspace, at)
    if isinstance(viewer, Refusal):
        return viewer.reason
    verdict: Permit | Refusal = decide(Case(viewer, listeners.conversation, listeners.history_from), at)
    return verdict.reason
