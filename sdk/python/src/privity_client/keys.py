"""A site's signing key: its name, its secret and the one algorithm it signs with."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from joserfc.jwk import OctKey, OKPKey

from privity_client.errors import SigningError

Algorithm = Literal["HS256", "EdDSA"]
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class SigningKey:
    """One signing key of a workspace, as the chat's key list shows it.

    `kid` is the key's name and goes into each token's header. For `HS256`, `secret` is the text shown once
    when the key was made, and its UTF-8 bytes are the key. For `EdDSA`, `secret` is an Ed25519 private key as
    PEM (PKCS #8), whose public half was given to the chat.

    A key is checked when it is made, so that a wrong setting stops the site's start and not its users' chat.
    The secret is left out of `repr`, hence of tracebacks that show it.
    """

    kid: str
    secret: str = field(repr=False)
    alg: Algorithm = "HS256"

    def __post_init__(self) -> None:
        if not self.kid:
            raise SigningError("The signing key has no kid. Copy it from the chat's key list.")
        if self.alg not in get_args(Algorithm):
            raise SigningError(f"The algorithm {self.alg!r} is unknown. Use 'HS256' or 'EdDSA'.")
        self.material()

    def material(self) -> OctKey | OKPKey:
        """The key in the form that joserfc signs with."""
        return shared_secret(self.secret) if self.alg == "HS256" else private_key(self.secret)


def shared_secret(secret: str) -> OctKey:
    """The secret's UTF-8 bytes, of which a key for HS256 has at least 32."""
    raw = secret.encode()
    if len(raw) < SHORTEST_SECRET:
        raise SigningError(
            f"The signing secret has {len(raw)} bytes, HS256 needs at least {SHORTEST_SECRET}. "
            "Copy the whole secret that the chat showed when the key was made."
        )
    if raw.lstrip().startswith(b"-----BEGIN"):
        raise SigningError("The signing secret is a PEM. Sign with alg='EdDSA', or use the HS256 secret.")
    return OctKey.import_key(raw)


def private_key(pem: str) -> OKPKey:
    """An Ed25519 private key as PEM."""
    # The parser's own error is dropped: it may quote what it could not read, and that is the secret.
    try:
        key = OKPKey.import_key(pem)
    except (ValueError, TypeError):
        raise SigningError("The EdDSA secret is not a readable PEM private key.") from None
    if not key.is_private or key.curve_name != "Ed25519":
        raise SigningError("The EdDSA secret must be the private half of an Ed25519 key.")
    return key
