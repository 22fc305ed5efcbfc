"""A site's signing key: its name, its secret and the one algorithm it signs with."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from privity_client.errors import SigningError

Algorithm = Literal["HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"]
Material = OctKey | RSAKey | ECKey | OKPKey

SHORTEST_SECRET = {"HS256": 32, "HS384": 48, "HS512": 64}
SHORTEST_RSA = 2048
FITTING = {
    "RS256": f"an RSA key of at least {SHORTEST_RSA} bits",
    "PS256": f"an RSA key of at least {SHORTEST_RSA} bits",
    "ES256": "a P-256 key",
    "EdDSA": "an Ed25519 key",
}


@dataclass(frozen=True)
class SigningKey:
    """One signing key of a workspace, as the chat's key list shows it.

    `kid` is the key's name and goes into each token's header. For `HS256`, `HS384` and `HS512`, `secret` is the
    text shown once when the key was made, and its UTF-8 bytes are the key. For the others, `secret` is a private
    key as PEM, whose public half was given to the chat: RSA for `RS256` and `PS256`, P-256 for `ES256`, Ed25519
    for `EdDSA`.

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
            known = ", ".join(get_args(Algorithm))
            raise SigningError(f"The algorithm {self.alg!r} is unknown. Use one of {known}.")
        _ = self.material

    @cached_property
    def material(self) -> Material:
        """The key in the form that joserfc signs with."""
        if self.alg in SHORTEST_SECRET:
            return shared_secret(self.secret, self.alg)
        return private_key(self.secret, self.alg)


def shared_secret(secret: str, alg: Algorithm) -> OctKey:
    """The secret's UTF-8 bytes, of which there are at least as many as the algorithm's hash has."""
    raw = secret.encode()
    if len(raw) < SHORTEST_SECRET[alg]:
        raise SigningError(
            f"The signing secret has {len(raw)} bytes, {alg} needs at least {SHORTEST_SECRET[alg]}. "
            "Copy the whole secret that the chat showed when the key was made."
        )
    if raw.lstrip().startswith(b"-----BEGIN"):
        raise SigningError(
            f"The signing secret is a PEM, and {alg} signs with a shared secret. Name the key's own algorithm."
        )
    return OctKey.import_key(raw)


def private_key(pem: str, alg: Algorithm) -> RSAKey | ECKey | OKPKey:
    """The private half of a key pair that this algorithm signs with."""
    # The parser's own error is dropped: it may quote what it could not read, and that is the secret.
    try:
        key = parsed(pem, alg)
    except (ValueError, TypeError, JoseError):
        raise SigningError(f"The {alg} secret is not a readable PEM private key of its kind.") from None
    if not (key.is_private and fits(key, alg)):
        raise SigningError(f"The {alg} secret must be the private half of {FITTING[alg]}.")
    return key


def parsed(pem: str, alg: Algorithm) -> RSAKey | ECKey | OKPKey:
    """The PEM, read as the kind of key that the algorithm takes."""
    if alg == "ES256":
        return ECKey.import_key(pem)
    if alg == "EdDSA":
        return OKPKey.import_key(pem)
    return RSAKey.import_key(pem)


def fits(key: RSAKey | ECKey | OKPKey, alg: Algorithm) -> bool:
    """Whether the key is of the size or on the curve that the algorithm is fixed to."""
    if isinstance(key, RSAKey):
        return key.raw_value.key_size >= SHORTEST_RSA
    return key.curve_name == ("P-256" if alg == "ES256" else "Ed25519")
