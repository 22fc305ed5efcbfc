"""What the team is told about a reason, and what can be done about it.

The sentence of a table's row is its article's own. The others stand here: the gate's, the one for writing,
and the classes of tokens that were refused, whose remedies are for the developer of the site.
"""

from dataclasses import dataclass

from privity.policy.articles import CONTACT, TEAM


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened, and what to do. Nothing is to be done about a yes."""

    sentence: str
    remedy: str | None


def sentence(reason: str) -> str:
    """What happened, for the team. The same words stand in *Why?* and in the written policy."""
    return EXPLANATIONS[reason].sentence


def remedy(reason: str) -> str | None:
    """What to do about it, or what the site's developer has to change."""
    return EXPLANATIONS[reason].remedy


GATE = {
    "session_over": Explanation(
        "The session is over: it was ended, or its page gave no sign of life for too long.",
        "Nothing is broken. They open the chat again, and sign in on the site to see their past "
        "conversations.",
    ),
    "proof_over": Explanation(
        "The proof is over: it is good for a limited time, and the page gave no new one.",
        "They open the chat again on a page where they are signed in. If it happens to many, the site must "
        "sign a new token each time it is asked.",
    ),
}

WRITE = {
    "proof_needed": Explanation(
        "This workspace takes messages only from people who proved who they are.",
        "They sign in on the site and write then. How much proof a message needs is a setting of the "
        "workspace.",
    ),
}

TOKEN = {
    "expired": Explanation(
        "The identity token had expired.",
        "Sign a new token each time the page is asked for one, and keep none in a cached page. Check the "
        "clock of the server that signs.",
    ),
    "signature": Explanation(
        "The identity token's signature does not fit the signing key that it names.",
        "Compare the secret on the site with this key's: the whole text, without quotation marks or a "
        "line's end, not decoded.",
    ),
    "audience": Explanation(
        "The identity token was made for another workspace.",
        "Set `aud` to the id of this workspace, the same as in the snippet. Test and live systems are often "
        "mixed up here.",
    ),
    "issuer": Explanation(
        "The identity token is by another issuer than its signing key asks for, or names none.",
        "Set `iss` to the issuer that the list of signing keys shows for this key, letter by letter.",
    ),
    "shape": Explanation(
        "What the page gave is not an identity token, or one of its claims has the wrong type.",
        "Send the signed token in its compact form, three parts with dots between them, and nothing around "
        "it.",
    ),
    "algorithm": Explanation(
        "The identity token was signed with another algorithm than its key's, or with none.",
        "Sign with the algorithm that the list of signing keys shows for this key, and never with `none`.",
    ),
    "key": Explanation(
        "The identity token names no living signing key of this workspace.",
        "Set `kid` to a key from the workspace's list. It may have been revoked or have stopped, or be another "
        "workspace's.",
    ),
    "lifetime": Explanation(
        "The identity token has no end, or one more than an hour after it was issued.",
        "Set `iat` to now and `exp` to a few minutes later, one hour at the most.",
    ),
    "not_yet": Explanation(
        "The identity token begins in the future.",
        "Set the clock of the server that signs, and check that `iat` and `nbf` count seconds, not "
        "milliseconds.",
    ),
    "subject": Explanation(
        "The identity token does not say whose it is.",
        "Set `sub` to the site's own id of the user, as text. For somebody who is not signed in, give no "
        "token.",
    ),
    "spent": Explanation(
        "The identity token was used up: its person signed out after it was made.",
        "Sign a new token each time the page is asked for one, and keep none beyond a sign-out.",
    ),
    "reused": Explanation(
        "The identity token was taken before, or has no `jti` by which to tell. This workspace takes each once.",
        "Set `jti` to something random, and sign a new token each time the page is asked for one.",
    ),
}

LEGACY = {
    "legacy_identifier": Explanation(
        "The page gave an old hash without the identifier that its product makes it of, or one that can be none.",
        "Give the e-mail address or the user's id exactly as the other product was given it, as text.",
    ),
    "legacy_off": Explanation(
        "The page gave an old hash of a product whose hashes prove nobody here, or no longer.",
        "Sign identity tokens on the site. For the time of a move, `privity legacy on` takes the product's hashes "
        "until a date.",
    ),
    "legacy_shape": Explanation(
        "The page gave an old hash that is none: it has 64 hexadecimal digits, in lower case.",
        "Give the HMAC-SHA256 as the other product documents it, in full and in lower case, and nothing around it.",
    ),
    "legacy_hash": Explanation(
        "The old hash does not fit what it should be of.",
        "Compare the other product's secret with the one given to `privity legacy on`, and hash exactly the identifier "
        "that the page gives: Customerly's address in lower case, Intercom's user id where there is one.",
    ),
    "legacy_spent": Explanation(
        "The old hash was used up: its person signed out everywhere, and it does not say that it was made after that.",
        "Sign identity tokens on the site: the first one for this person, by the same user id or the same checked "
        "address, lets the old hash prove them again.",
    ),
}

CLIENT_REMEDY = (
    "Compare the client's id and secret, and the address to return to, with what the provider has of them."
)

SIGN_IN = {
    "sign_in_start": Explanation(
        "They came back from a sign-in that this browser had not begun, had begun too long ago, or had used already.",
        "Nothing is broken: they sign in once more. If it happens to many, somebody tries codes that are not theirs.",
    ),
    "sign_in_unreachable": Explanation(
        "The provider at which they signed in could not be asked.",
        "Run `privity doctor`: it says why. Until it is mended they can write without their history.",
    ),
    "sign_in_client": Explanation("The provider does not know this chat as its client.", CLIENT_REMEDY),
    "sign_in_code": Explanation(
        "The provider gave no identity for the code that they came back with.",
        f"They sign in once more. {CLIENT_REMEDY}",
    ),
    "sign_in_issuer": Explanation(
        "The answer was another provider's than the one that they signed in at.",
        "The issuer in the settings must be what the provider calls itself, letter by letter.",
    ),
    "sign_in_shape": Explanation(
        "What the provider gave is not an identity token, or says nobody.",
        "Ask who runs the provider: its identity tokens must be signed JWTs with a `sub`.",
    ),
    "sign_in_algorithm": Explanation(
        "The provider's identity token was signed with another algorithm than its key's, or with none.",
        "Let the provider sign with RS256, PS256, ES256 or EdDSA, as it says of itself.",
    ),
    "sign_in_key": Explanation(
        "The provider's identity token names no key that it publishes.",
        "The provider must publish a new key before it signs with it, with a new `kid`.",
    ),
    "sign_in_signature": Explanation(
        "The signature of the provider's identity token does not fit its key.",
        "Ask who runs the provider: the key of that `kid` may have been changed, and a new key needs a new `kid`.",
    ),
    "sign_in_audience": Explanation(
        "The provider's identity token was made for another client.",
        "The client's id in the settings must be the one that the provider has for this chat.",
    ),
    "sign_in_nonce": Explanation(
        "The provider's identity token was made for another sign-in.",
        "They sign in once more. If it happens to many, ask who runs the provider: it must return the `nonce`.",
    ),
    "sign_in_times": Explanation(
        "The provider's identity token has ended, has not begun or does not say when it does.",
        "Set the clocks of both servers, and let the provider's identity tokens last as long as a chat should.",
    ),
}

ROW_REMEDIES = {
    "not_found": "Check the id or the link: it may belong to another workspace.",
    "erased": "Nothing can be done: what is erased stays erased.",
    "on_offer": "Ask them to answer the question above their chat, “Keep it” or “Not mine”. It is asked in "
    "that browser alone, for 24 hours at most.",
    "never_proved": "Go on in a new conversation, and ask them to sign in on the site before they write: "
    "what is written then stays theirs. This one opens to no contact any more.",
    "not_proved": "Ask them to sign in on the site and to open the chat there. If they are signed in, the "
    "page gave no identity token: the site's developer can add one in five lines.",
    "not_owner": "Ask whether they have a second account on the site, and to sign in with the one they used"
    " then. If it is another person's, all is as it should be.",
    "proof_too_weak": "Ask them to sign in on the site. How much proof history needs is a setting of the "
    "workspace.",
    "not_in_reach": "Ask the workspace's owner for a role, or for a key with the scope, that reaches it.",
}

# The words that both tables use are explained for the contact; the gate's word is its own.
EXPLANATIONS = (
    {row.reason: Explanation(row.sentence, ROW_REMEDIES.get(row.reason)) for row in TEAM}
    | {row.reason: Explanation(row.sentence, ROW_REMEDIES.get(row.reason)) for row in CONTACT}
    | GATE
    | WRITE
    | TOKEN
    | LEGACY
    | SIGN_IN
)
