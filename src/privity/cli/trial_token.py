"""A token to try the chat with: of somebody who is nobody of the site's, signed with the workspace's own secret."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import OctKey

from privity.cli.console import CommandError
from privity.house import House
from privity.proofs.tokens import SUBJECT_CHARACTERS, TEST, SigningKey
from privity.proofs.verifying import workspace_of

LIFETIME = timedelta(minutes=10)


async def trial_token(
    house: House, workspace: UUID, subject: str, name: str | None, kid: str | None
) -> tuple[str, str]:
    """The kid of its key, and the token."""
    key = _secret_among((await workspace_of(house, str(workspace))).keys.values(), kid)
    return key.kid, _signed(workspace, key, subject, name, house.clock())


def require_trial_subject(subject: str) -> None:
    """A token for a user of the site comes from the site alone, which knows who is there."""
    if not subject.startswith(TEST) or not subject.removeprefix(TEST).strip():
        raise CommandError(
            f"This signs for subjects that begin with {TEST}, such as {TEST}ada, and for no user of the site."
        )
    if len(subject) > SUBJECT_CHARACTERS or not subject.isprintable():
        raise CommandError(f"A subject has {SUBJECT_CHARACTERS} printable characters at most.")


def _secret_among(keys: Iterable[SigningKey], kid: str | None) -> SigningKey:
    """The named key, else the newest; one whose secret is kept here."""
    secrets = sorted((key for key in keys if key.alg.startswith("HS")), key=lambda key: key.id)
    fitting = [key for key in secrets if kid in (None, key.kid)]
    if fitting:
        return fitting[-1]
    if kid is not None:
        raise CommandError(f"There is no living key called {kid} whose secret is kept here.")
    raise CommandError("No living key has a secret that is kept here. Make one: privity keys add")


def _signed(workspace: UUID, key: SigningKey, subject: str, name: str | None, now: datetime) -> str:
    claims: dict[str, str | int] = {
        **({"iss": key.issuer} if key.issuer is not None else {}),
        "aud": str(workspace),
        "sub": subject,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
        "jti": token_urlsafe(16),
    }
    if name is not None:
        claims["name"] = name
    secret = OctKey.import_key(key.material)
    return jwt.encode({"alg": key.alg, "kid": key.kid}, claims, secret, algorithms=[key.alg])
