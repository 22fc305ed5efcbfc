"""Whose word is taken: signing keys, sign-in providers, old hashes; and the code that a site needs."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from privity.web.limits import PAGE_CHARACTERS
from privity.web.wire.words import Answer, Asked, LegacyProduct


class CodeBlock(Answer):
    language: str
    code: str


class SiteSnippet(Answer):
    """What a site in one language or framework needs, from docs/integrate.md."""

    name: str
    blocks: list[CodeBlock]


class SnippetList(Answer):
    """`GET /api/v1/snippets`."""

    items: list[SiteSnippet]


class SigningKeyLine(Answer):
    """`GET /api/v1/keys`: never the secret. `accepted` and `refused` count tokens, some seconds behind.

    `listed` is null for a key that was made or given here; of one that was found at the address of keys it says whether
    the address lists it still: if not, it proves nobody.
    """

    kid: str
    name: str | None
    alg: str
    issuer: str | None
    created_at: datetime
    last_used_at: datetime | None
    stops_at: datetime | None
    revoked_at: datetime | None
    listed: bool | None
    accepted: int
    refused: int


class LeftOutKey(Answer):
    """A key at the address that is not trusted, and why, in a sentence. `kid` may be missing there."""

    kid: str | None
    why: str


class KeyAddress(Answer):
    """Where the site publishes its public keys. `fault` is a sentence: why the last look failed."""

    url: str
    rsa_alg: Literal["RS256", "PS256"]
    issuer: str | None
    looked_at: datetime | None
    good_until: datetime | None
    fault: str | None
    left_out: list[LeftOutKey]


class SigningKeyList(Answer):
    items: list[SigningKeyLine]
    address: KeyAddress | None


class NameKeyAddress(Asked):
    """`POST /api/v1/key-address`. `rsa_alg` is what RSA keys there sign that do not say so themselves.

    Where an issuer is named, the tokens of these keys must name it, too.
    """

    url: Annotated[str, Meta(min_length=1, max_length=PAGE_CHARACTERS)]
    rsa_alg: Literal["RS256", "PS256"] = "RS256"
    issuer: Annotated[str, Meta(min_length=1, max_length=255)] | UnsetType = UNSET


class AddSigningKey(Asked):
    """A shared secret is made here, unless a public key is given, in PEM or as a JWK. `alg` chooses between RSA's two.

    Where an issuer is named, the key's tokens must name it, too.
    """

    public_key: Annotated[str, Meta(min_length=1, max_length=10_000)] | UnsetType = UNSET
    alg: Literal["RS256", "PS256"] | UnsetType = UNSET
    name: Annotated[str, Meta(min_length=1, max_length=64)] | UnsetType = UNSET
    issuer: Annotated[str, Meta(min_length=1, max_length=255)] | UnsetType = UNSET


class StopSigningKey(Asked):
    """`POST /api/v1/keys/{kid}/stop`: the instant from which on the key proves nobody."""

    at: Annotated[datetime, Meta(tz=True)]


class StoppingSigningKey(Answer):
    """`sessions_bounded` rested on the key for longer, and now end by then."""

    stops_at: datetime
    sessions_bounded: int


class RevokedSigningKey(Answer):
    sessions_ended: int


class SignInProvider(Answer):
    """An OpenID Connect provider, never its secret. `fault` is a sentence: why the last sign-in failed there."""

    id: UUID
    name: str
    issuer: str
    client_id: str
    added_at: datetime
    last_used_at: datetime | None
    fault: str | None


class SignInProviderList(Answer):
    """`GET /api/v1/sign-ins`. `redirect_uri` is what each provider must know, letter by letter."""

    redirect_uri: str
    items: list[SignInProvider]


class AddSignInProvider(Asked):
    """`POST /api/v1/sign-ins`. A client without a secret proves itself by PKCE alone."""

    name: Annotated[str, Meta(min_length=1, max_length=64)]
    issuer: Annotated[str, Meta(min_length=1, max_length=PAGE_CHARACTERS)]
    client_id: Annotated[str, Meta(min_length=1, max_length=255)]
    client_secret: Annotated[str, Meta(min_length=1, max_length=255)] | UnsetType = UNSET


class AddedSignInProvider(Answer):
    id: UUID


class LegacySwitch(Answer):
    """A product whose hashes prove users: never its secret. `proves`: it is on, and its date is ahead."""

    product: LegacyProduct
    on_at: datetime
    until: datetime
    off_at: datetime | None
    proves: bool
    accepted: int
    refused: int


class LegacySwitchList(Answer):
    """`GET /api/v1/legacy`: every switch that ever was, the oldest first."""

    items: list[LegacySwitch]


class LegacyOff(Asked):
    """`POST /api/v1/legacy/off`."""

    product: LegacyProduct
