"""A contact's session: opened, proved, told."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from privity.web.limits import PAGE_CHARACTERS
from privity.web.wire.words import (
    Answer,
    Asked,
    Assurance,
    Claim,
    ContactKind,
    LegacyProduct,
    Openness,
    Page,
    RandomWord,
    Token,
)


class Claims(Asked):
    """What somebody says of themselves. Nothing is proved by it, and nothing is looked up with it."""

    email: Claim | UnsetType = UNSET
    name: Claim | UnsetType = UNSET


class LegacyProof(Asked):
    """Another product's hash, with what the page gives that product beside it.

    The hash proves the one identifier that the product makes it of: Customerly, Help Scout and Crisp the `email`,
    Chatwoot the `user_id` (its `identifier`), Intercom the `user_id` or, without one, the `email`. The rest is a claim.
    """

    product: LegacyProduct
    hash: str
    user_id: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    name: str | UnsetType = UNSET


class OpenSession(Asked):
    """`POST /widget/v1/sessions`.

    `carrier` says how a browser keeps a browser session: by the chat's own cookie, or, where the browser blocks it,
    by the storage of the chat's own frame. `page` is the origin and path of the page, without its query.
    `refusal` is the id that a 401 `invalid_identity` named, where the person goes on without their history: so the
    team can be told why. A page brings an `identity_token` or an old hash as `legacy`, and not both.
    """

    workspace: str
    identity_token: Token | UnsetType = UNSET
    legacy: LegacyProof | UnsetType = UNSET
    claims: Claims | UnsetType = UNSET
    carrier: Literal["cookie", "storage"] = "cookie"
    page: Page | UnsetType = UNSET
    refusal: UUID | UnsetType = UNSET


class ChangeClaims(Asked):
    """`PATCH /widget/v1/session`."""

    claims: Claims


class StartSignIn(Asked):
    """`POST /widget/v1/session/sign-in-starts`: where a sign-in at one of the workspace's providers leads.

    `state`, `nonce` and the verifier of the S256 `code_challenge` are random, and kept by who asks.
    """

    provider: UUID
    state: RandomWord
    nonce: RandomWord
    code_challenge: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$")]


class SignInStart(Answer):
    authorization_url: str


class SignInProof(Asked):
    """What came back from the provider (`code`, and `iss` where it says so), with what was kept since the start."""

    provider: UUID
    code: Annotated[str, Meta(min_length=1, max_length=2_048)]
    verifier: Annotated[str, Meta(pattern="^[A-Za-z0-9._~-]{43,128}$")]
    nonce: RandomWord
    iss: Annotated[str, Meta(max_length=PAGE_CHARACTERS)] | UnsetType = UNSET


class OfferProof(Asked):
    """`POST /widget/v1/session/proofs`: the same identity renews, a lead rises, another identity is refused.

    A `token` comes with `identity_token`, or with an old hash as `legacy`; a `code` first with the `email` that it is
    mailed to (the answer is `CodeSent`, the same for every address) and then with the `code`; `oidc` comes with what a
    sign-in at a provider gave, as `sign_in`.
    """

    kind: Literal["token", "code", "oidc"]
    identity_token: Token | UnsetType = UNSET
    legacy: LegacyProof | UnsetType = UNSET
    sign_in: SignInProof | UnsetType = UNSET
    email: Claim | UnsetType = UNSET
    code: Annotated[str, Meta(pattern=r"^\s*[0-9]{6}\s*$")] | UnsetType = UNSET


class CodeSent(Answer):
    """If that address can receive mail, a code is on its way: good for so many seconds."""

    expires_in: int


class SessionSecret(Answer):
    """`token` only for a page session, and for a client that keeps its secret itself."""

    expires_at: datetime
    token: str | UnsetType = UNSET


class SessionContact(Answer):
    kind: ContactKind
    assurance: Assurance
    name: str | None


class SessionProof(Answer):
    expires_at: datetime
    renew_after: datetime


class SessionState(Answer):
    """What a session may know of itself. `history` is locked for everybody who is not proved enough, alike."""

    session: SessionSecret
    contact: SessionContact
    history: Openness
    write: Literal["open", "proof_needed"]
    proof: SessionProof | UnsetType = UNSET


class SignInChoice(Answer):
    """A provider at which people may sign in."""

    id: UUID
    name: str


class WidgetConfig(Answer):
    """`GET /widget/v1/config?workspace=`: what a workspace publishes about itself. `links`: who proved something may
    prove a mailbox beside it, and join the two. `adoption_days`: for how long what a visitor writes in this browser may
    be asked of the first who signs in there."""

    workspace: str
    name: str
    greeting: str
    accent: str
    sign_in_url: str | None
    adoption_days: int
    codes: bool
    links: bool
    sign_ins: list[SignInChoice]
