"""An identity token: the site's signed word that the person on its page is this user of its."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import isfinite
from secrets import token_urlsafe
from typing import Any

from joserfc import jwt
from joserfc.jws import JWSRegistry

from privity_client.errors import SigningError
from privity_client.keys import SigningKey

LONGEST_LIFE = timedelta(hours=1)
Attribute = str | int | float | bool
WORDS_FOR_NOBODY = frozenset({"none", "null", "nil", "undefined", "nan"})


def sign_identity(
    *,
    workspace: str,
    subject: str,
    key: SigningKey,
    email: str | None = None,
    email_verified: bool | None = None,
    name: str | None = None,
    attributes: Mapping[str, Attribute | None] | None = None,
    issuer: str | None = None,
    same_as: Sequence[str] = (),
    lifetime: timedelta = timedelta(minutes=10),
    now: datetime | None = None,
) -> str:
    """Sign who is on the page, for a chat that trusts `key`.

    `subject` is the site's own id of the user, as text, never used again for somebody else: it alone says
    whose conversations these are. An e-mail address changes hands, so it is no subject. `email_verified` is
    true only if the site itself made sure that the mailbox is this user's. An empty `email` or `name` is left
    out.

    `attributes` are what else the team should see of the person: `phone`, `company`, `avatar` (an address) and
    whatever the site calls its own, each a text, a number or a truth; those that are None are left out. Signed
    here, they stand apart from what a visitor types. `issuer` is for a workspace that asks for one.

    `same_as` names other identities of this very person, such as `mailbox:ada@example.com`. Where one of them is proved
    in the browser that brings the token, the two are one person from then on, and each reads what both own.

    The answer is a JWT. Its header is `{"alg", "kid", "typ": "JWT"}`, its claims are `{"iss"?, "aud": workspace,
    "sub": subject, "iat", "exp", "jti", "email"?, "email_verified"?, "name"?, "attributes"?, "same_as"?}`, where
    `jti` is random. It lives for `lifetime`, one hour at most; short is better, for the widget asks again before it is
    over.

    `SigningError` is raised instead of signing what the chat would refuse, or what would prove everybody
    without an id to be one and the same person.
    """
    claims = {
        **({"iss": issuer} if issuer else {}),
        "aud": named(workspace),
        "sub": proper_subject(subject),
        **times(now or datetime.now(UTC), lifetime),
        "jti": token_urlsafe(16),
        **profile(email, email_verified, name),
        **signed_attributes(attributes or {}),
        **({"same_as": list(same_as)} if same_as else {}),
    }
    header = {"alg": key.alg, "kid": key.kid, "typ": "JWT"}
    return jwt.encode(header, claims, key.material, registry=Registry(algorithms=[key.alg]))


def named(workspace: str) -> str:
    """A token without a workspace would be good for every chat that knows the key."""
    if not workspace:
        raise SigningError("The workspace is empty. It is the id in the snippet that loads the widget.")
    return workspace


def proper_subject(subject: str) -> str:
    """A subject is text that says somebody; `str(None)` says nobody, and the same nobody to each visitor."""
    if not isinstance(subject, str):
        raise SigningError(f"The subject must be text, not {type(subject).__name__}: write str(user.id).")
    if not subject.strip() or subject.strip().lower() in WORDS_FOR_NOBODY:
        raise SigningError(
            f"The subject {subject!r} names nobody. Ask for no token when nobody is signed in."
        )
    return subject


def times(now: datetime, lifetime: timedelta) -> dict[str, int]:
    """Issued now, over after `lifetime`, in whole seconds."""
    if now.tzinfo is None:
        raise SigningError("The time `now` has no time zone. Use datetime.now(UTC).")
    if not timedelta(seconds=1) <= lifetime <= LONGEST_LIFE:
        raise SigningError(f"A token lives between one second and {LONGEST_LIFE}, not {lifetime}.")
    issued = int(now.timestamp())
    return {"iat": issued, "exp": issued + int(lifetime.total_seconds())}


def profile(email: str | None, email_verified: bool | None, name: str | None) -> dict[str, str | bool]:
    """How the team will know the person; nothing of it decides what the person may read."""
    if email_verified and not email:
        raise SigningError("The token says that an e-mail address is verified, and names none.")
    claims = {"email": email or None, "email_verified": email_verified, "name": name or None}
    return {claim: value for claim, value in claims.items() if value is not None}


def signed_attributes(attributes: Mapping[str, Attribute | None]) -> dict[str, dict[str, Attribute]]:
    """What else the site says of the person: a flat list of plain values."""
    told = {name: value for name, value in attributes.items() if value is not None}
    for name, value in told.items():
        if not name or not is_plain(value):
            raise SigningError(
                f"The attribute {name!r} must have a name, and be a text, a number or a truth."
            )
    return {"attributes": told} if told else {}


def is_plain(value: object) -> bool:
    """A text, a truth or a number that JSON has a word for, which infinity is not."""
    return isinstance(value, str) or (isinstance(value, int | float) and isfinite(value))


class Registry(JWSRegistry):
    """Signs with the algorithm's name on the wire, `EdDSA`, without a warning at each token.

    RFC 9864 renames it to `Ed25519`; verifiers in the field still expect the older name.
    """

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]
