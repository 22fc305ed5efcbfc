"""The audit log in plain words: a sentence for each kind and reason of event, and what its subject is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from privity.audit.model import Actor, Kind
from privity.policy.remedies import EXPLANATIONS, TOKEN
from privity.web import wire
from privity.workspaces.rules import RULES


@dataclass(frozen=True, slots=True)
class Words:
    """`sentence` has places for who did it, from where to where they read, and how many there were."""

    sentence: str
    about: wire.AuditAbout | None = None


WHO: dict[Actor, str] = {
    "contact": "A contact",
    "teammate": "A teammate",
    "key": "A program",
    "operator": "The operator",
    "system": "Privity by itself",
}

# Of a list, a card or the log: no word of what was said need have been in it.
READ: dict[str | None, Words] = {
    None: Words("{who} read {span} a conversation."),
    "list": Words("{who} read the list of conversations{many}."),
    "line": Words("{who} saw the newest message of a conversation in a list."),
    "search": Words("{who} searched the conversations{many}."),
    "detail": Words("{who} looked at whose a conversation is and who would see an answer."),
    "contact": Words("{who} looked at a contact's card.", "contact"),
    "why": Words("{who} asked why a contact sees what it sees.", "contact"),
    "timeline": Words("{who} looked at what happened in a contact's sessions.", "contact"),
    "readings": Words("{who} asked who read a contact's conversations.", "contact"),
    "audit_log": Words("{who} read this log."),
}

PROOF: dict[str | None, Words] = {
    None: Words("{who} was proved."),
    "token": Words("{who} was proved by a token that the site signed.", "key"),
    "mailbox": Words("{who} was proved by a code that was sent to the mailbox."),
    "legacy": Words("{who} was proved by an old hash, made for another product.", "old hash"),
    "oidc": Words("{who} was proved by a sign-in at a provider."),
    "renewed": Words("{who} was proved again, in the same session.", "vouched by"),
}

REFUSAL: dict[str | None, Words] = {
    None: Words("{who} was refused{many}."),
    "code": Words("{who} was refused{many}: the code was not right, or no longer."),
} | {
    reason: Words(f"{{who}} was refused{{many}}. {said.sentence}")
    for reason, said in (EXPLANATIONS | {f"token_{fault}": said for fault, said in TOKEN.items()}).items()
}

SESSION_END: dict[str | None, Words] = {
    None: Words("{who} signed out of the inbox."),
    "ended": Words("{who} ended a chat."),
    "signed_out": Words("{who} signed a session of the chat out."),
    "signed_out_everywhere": Words(
        "{who} signed an identity out everywhere, and used up what proved it until then.", "identity"
    ),
    "rise": Words("{who} was proved, so that the session before the proof ended."),
    "token_spent": Words("A session ended, because a sign-out elsewhere used up its token."),
    "teammate": Words("{who} ended a contact's session."),
    "key_revoked": Words("{who} ended a session, because the key or provider behind it is trusted no more."),
    "legacy_off": Words("{who} ended a session, because the old hash behind it is taken no more."),
    "retired": Words("{who} ended a session of an identity that was retired."),
}

TICKET: dict[str | None, Words] = {
    None: Words("Something happened to what a browser keeps of a chat that was not proved."),
    "issued": Words("{who} wrote unproved, and the browser may ask about it at a later sign-in."),
    "used": Words("{who} signed in where somebody had written unproved, and is asked whether it was them."),
    "another": Words("{who} signed in where another person had been asked: nobody is asked again."),
    "ended": Words("{who} left, and nobody who signs in there later is asked about what was written."),
    "shared": Words("{who} said that others use the computer: nobody is asked about what was written."),
}

LINK_END: dict[str | None, Words] = {
    None: Words("Two identities are one person no more.", "link"),
    "person": Words("Two identities are one person no more: the person parted them.", "link"),
    "renamed": Words("Two identities are one person no more: the site says another address.", "link"),
    "reassigned": Words("Two identities are one person no more: the address is another user's.", "link"),
    "retired": Words("Two identities are one person no more: one of them was retired.", "link"),
    "erased": Words("Two identities are one person no more: one of them was erased.", "link"),
}

KEY_CHANGE: dict[str | None, Words] = {
    None: Words("{who} changed whose word is taken.", "key"),
    "signing_key_added": Words("{who} added a signing key.", "key"),
    "signing_key_stops": Words("{who} decided when a signing key stops.", "key"),
    "signing_key_revoked": Words("{who} revoked a signing key.", "key"),
    "signing_key_found": Words("{who} trusted a signing key that the site's address lists.", "key"),
    "signing_key_gone": Words("{who} dropped a signing key that the site's address lists no more.", "key"),
    "key_address_named": Words("{who} named the address at which the site publishes its keys."),
    "key_address_forgotten": Words("{who} forgot the address at which the site publishes its keys."),
    "sign_in_added": Words("{who} added a provider at which people sign in.", "provider"),
    "sign_in_removed": Words("{who} removed a provider at which people sign in.", "provider"),
    "api_key_added": Words("{who} made a key for a program.", "key"),
    "api_key_revoked": Words("{who} revoked a program's key.", "key"),
}

POLICY_CHANGE: dict[str | None, Words] = {
    None: Words("{who} changed a setting."),
    "site_allowed": Words("{who} let the chat stand on one more site."),
    "site_disallowed": Words("{who} let the chat stand on a site no more."),
    "legacy_on": Words("{who} let another product's hashes prove people until a date.", "old hash"),
    "legacy_off": Words("{who} took another product's hashes no more.", "old hash"),
} | {name: Words(f"{{who}} changed `{name}`: {rule.means}.") for name, rule in RULES.items()}

TEAMMATE_CHANGE: dict[str | None, Words] = {
    None: Words("{who} changed a teammate's account.", "teammate"),
    "added": Words("{who} added a teammate.", "teammate"),
    "password": Words("{who} gave a teammate another password.", "teammate"),
    "disabled": Words("{who} disabled a teammate's account.", "teammate"),
}

SENTENCES: dict[Kind, Mapping[str | None, Words]] = {
    "proof": PROOF,
    "refusal": REFUSAL,
    "session_end": SESSION_END,
    "adoption": {None: Words("{who} took what was written before the sign-in into their account.")},
    "adoption_undone": {None: Words("{who} gave back what they had taken into their account.")},
    "ticket": TICKET,
    "link": {None: Words("{who} joined two identities: they are one person from now on.", "link")},
    "link_end": LINK_END,
    "retire": {None: Words("{who} retired an identity: nobody is proved as it any more.", "identity")},
    "block": {None: Words("{who} blocked a session or an identity.", "session or identity")},
    "unblock": {None: Words("{who} unblocked a session or an identity.", "session or identity")},
    "key_change": KEY_CHANGE,
    "policy_change": POLICY_CHANGE,
    "teammate_change": TEAMMATE_CHANGE,
    "sign_in": {None: Words("{who} signed in to the inbox.")},
    "read": READ,
    "erasure": {None: Words("A person was erased from this log{many}.")},
    "log_cut": {None: Words("The log was cut by age, up to seal {to_seq}{many}.")},
}
"""By kind, and by reason in each. The one without a reason is said of a reason that is not there."""

# Another version of Privity may have recorded it, and the log is read all the same.
UNKNOWN: Mapping[str | None, Words] = {None: Words("{who} did something that this version has no words for.")}

MANY: dict[tuple[Kind, str | None], tuple[str, str]] = {
    ("read", "list"): (": 1 line", ": {} lines"),
    ("read", "search"): (": 1 was found", ": {} were found"),
    ("erasure", None): (": 1 event lost its ids", ": {} events lost their ids"),
    ("log_cut", None): (": 1 event went", ": {} events went"),
}


def words_of(kind: Kind, reason: str | None) -> Words:
    said = SENTENCES.get(kind, UNKNOWN)
    return said.get(reason) or said[None]


def sentence(event: Mapping[str, Any]) -> str:
    """What happened. Where the event is erased its numbers are gone, and the sentence does without."""
    kind, reason = event["kind"], event["reason"]
    return words_of(kind, reason).sentence.format(
        who=WHO[event["actor"]],
        span=_span(event["from_seq"], event["to_seq"]),
        to_seq=event["to_seq"],
        many=_many(kind, reason, event["count"]),
    )


def _span(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return "what was said in"
    return f"entry {first} of" if first == last else f"entries {first} to {last} of"


def _many(kind: Kind, reason: str | None, count: int | None) -> str:
    if count is None:
        return ""
    if kind == "refusal":
        return f" {count} times within a minute" if count > 1 else ""
    one, more = MANY.get((kind, reason), ("", ""))
    return one if count == 1 else more.format(count)
