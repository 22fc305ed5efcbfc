"""From facts to words: why a contact sees each conversation or does not, by the very judge that its requests meet."""

from datetime import datetime, timedelta
from uuid import UUID

from privity.history.supposing import suppositions
from privity.history.why_facts import Facts, Failure, Proof, verdict
from privity.history.why_links import Link, between, opened_by, shown
from privity.people.contacts import Seat
from privity.policy.facts import Conversation, Viewer
from privity.policy.remedies import GATE, SIGN_IN, remedy, sentence
from privity.policy.verdict import Refusal, gate
from privity.web import wire

NOTHING_GIVEN = "the page gave no identity token. Your developer can add one in five lines."
ENDS = {
    "ended": "they ended the chat",
    "rise": "they signed in on the site, and this session ended with it",
    "signed_out": "they signed out",
    "token_spent": "a sign-out used up the token that the session rested on",
    "teammate": "a teammate ended the session",
    "retired": "their id on the site was retired",
    "key_revoked": "the signing key behind the proof was revoked",
    "legacy_off": "the old hashes that they were proved by were switched off",
    None: "the page gave no sign of life for too long",
}


def explain(facts: Facts, at: datetime) -> wire.Why:
    """What this contact would see now, by the very judge that its requests meet."""
    standing = gate(facts.seat.session if facts.seat else None, facts.workspace, at)
    return wire.Why(
        contact=facts.contact,
        sentence=_said_of_the_contact(facts, standing, at),
        missing=_missing(facts, standing),
        conversations=[
            _access(
                named, place, _link(facts, standing, place), *verdict(standing, place, facts.history_from, at)
            )
            for named, place in facts.conversations
        ],
        links=shown(facts.links),
        others_with_claimed_email=facts.others,
        last_failure=_failed(facts.failure) if facts.failure else None,
        suppositions=suppositions(facts, standing, at),
    )


def _link(facts: Facts, standing: Viewer | Refusal, place: Conversation | None) -> Link | None:
    """What makes the person in the session one with the conversation's owner, if it is not that owner's own."""
    if isinstance(standing, Refusal) or place is None:
        return None
    return between(facts.links, standing.identity, place.owner)


def _access(
    conversation: UUID, place: Conversation | None, link: Link | None, allowed: bool, reason: str
) -> wire.Access:
    # To sign in brings back what an identity owns. What nobody owns it never will.
    lost = reason in GATE and place is not None and place.owner is None
    return wire.Access(
        conversation_id=conversation,
        allowed=allowed,
        reason=reason,
        remedy=None if allowed else remedy("never_proved" if lost else reason),
        sentence=opened_by(link) if link is not None and reason == "owner" else sentence(reason),
    )


def _said_of_the_contact(facts: Facts, standing: Viewer | Refusal, at: datetime) -> str:
    name = _title(facts.contact)
    if facts.seat is None:
        return f"{name} has not opened the chat yet."
    if isinstance(standing, Refusal):
        return _said_of_an_end(name, facts.seat, standing)
    if standing.identity is not None:
        return _said_of_a_proof(name, facts.proof, at)
    if facts.failure is not None and facts.failure.session == standing.session:
        return f"{_tried(facts.failure)} {sentence(facts.failure.reason)}"
    return f"{name} hasn't proved who they are in this browser: {NOTHING_GIVEN}"


def _tried(failure: Failure) -> str:
    if failure.reason in SIGN_IN:
        return "They tried to sign in at a provider, and it did not count."
    return "The page gave a token and it was refused."


def _said_of_an_end(name: str, seat: Seat, over: Refusal) -> str:
    if over.reason == "proof_over":
        return f"{name} is not here now. {sentence(over.reason)}"
    return f"{name} is not here now: {ENDS[seat.end_reason]}."


def _said_of_a_proof(name: str, proof: Proof | None, at: datetime) -> str:
    if proof is None:
        return f"{name} has proved who they are."
    return f"Proved by {how_proved(proof.kind, proof.proved_with)}, {_ago(at - proof.accepted_at)}."


def how_proved(kind: str, proved_with: str | None) -> str:
    match kind:
        case "mailbox":
            return "a code sent to the mailbox"
        case "legacy":
            return "an old hash, made for another product"
        case "oidc":
            return f"a sign-in at {proved_with}"
    return f"a token signed with key {proved_with}"


def _missing(facts: Facts, standing: Viewer | Refusal) -> list[str]:
    if isinstance(standing, Refusal):
        return ["A living session: they open the chat, signed in on the site."]
    if standing.identity is None:
        here = facts.failure is not None and facts.failure.session == standing.session
        fix = remedy(facts.failure.reason) if here and facts.failure else None
        return ["A good identity token from the page.", *([fix] if fix else [])]
    if standing.assurance < facts.history_from:
        return [f"A stronger proof: this workspace asks for `{facts.history_from.word}`."]
    return []


def _failed(failure: Failure) -> wire.FailedProof:
    reason = failure.reason
    return wire.FailedProof(at=failure.at, reason=reason, sentence=sentence(reason), remedy=remedy(reason))


def _title(contact: wire.ContactRef) -> str:
    """By the proved name; a claim stands in quotation marks."""
    if contact.proved_name is not None:
        return contact.proved_name
    claim = contact.claimed_name or contact.claimed_email
    return f"“{claim}”" if claim is not None else "This visitor"


def _ago(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return "a minute ago" if minutes == 1 else f"{minutes} minutes ago"
    hours = minutes // 60
    return "an hour ago" if hours == 1 else f"{hours} hours ago"
