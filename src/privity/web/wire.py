"""The shapes on the wire: what a contact's client and the team's inbox send and receive.

`web/protocol/wire.ts` is generated from this module (`python -m privity.web.wire_types`), so that the two sides
cannot drift. Times are RFC 3339 in UTC, ids are UUIDs, text is markdown source. Unknown fields are refused.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from privity.web.limits import BODY_CHARACTERS, CLAIM_CHARACTERS, PAGE_CHARACTERS, TOKEN_CHARACTERS

Assurance = Literal["none", "claimed", "legacy", "mailbox", "signed"]
ContactKind = Literal["visitor", "lead", "user"]
Openness = Literal["open", "locked"]
LegacyProduct = Literal["customerly", "intercom", "chatwoot", "helpscout", "crisp"]
MessageKind = Literal["public", "note", "event"]
ConversationState = Literal["open", "closed"]
MomentKind = Literal["opened", "proved", "refused", "ended"]
Supposition = Literal["token", "code", "mailbox_opens", "still_open"]
TeamState = Literal["open", "closed", "blocked"]

Body = Annotated[str, Meta(min_length=1, max_length=BODY_CHARACTERS)]
Token = Annotated[str, Meta(min_length=1, max_length=TOKEN_CHARACTERS)]
Claim = Annotated[str, Meta(min_length=1, max_length=CLAIM_CHARACTERS)]
RandomWord = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{22,128}$")]
Page = Annotated[str, Meta(max_length=PAGE_CHARACTERS)]
Seq = Annotated[int, Meta(ge=0, le=2_147_483_647)]


class Unsaid(Struct):
    """What goes over the wire says nothing of itself but its kind: it may hold a secret, or somebody's words."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Asked(Unsaid, kw_only=True, forbid_unknown_fields=True):
    """What a client sends."""


class Answer(Unsaid, kw_only=True):
    """What the server sends."""


# ── A contact's session ──────────────────────────────────────────────────────────────────────────────────────


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


# ── A contact's conversations ────────────────────────────────────────────────────────────────────────────────


class Author(Answer):
    kind: Literal["contact", "teammate"]
    name: str | None


class Message(Answer):
    """A public message. `body` is markdown source; clients render it to nodes, never to HTML text."""

    id: UUID
    seq: int
    author: Author
    body: str
    sent_at: datetime
    attachments: list[None] = []


class Conversation(Answer):
    """One line of the contact's list. `last_message.body` is its beginning, 280 characters at most."""

    id: UUID
    state: ConversationState
    started_at: datetime
    last_message: Message
    unread: int


class ConversationList(Answer):
    items: list[Conversation]
    next_cursor: str | None


class StartedConversation(Conversation):
    """`POST /widget/v1/conversations`: the conversation with its first message."""

    messages: list[Message]


class MessagePage(Answer):
    """Oldest first. `next_cursor` is the `seq` to ask on from, in the direction that was asked; null at the end."""

    items: list[Message]
    next_cursor: int | None


class StartConversation(Asked):
    body: Body
    client_id: UUID
    page: Page | UnsetType = UNSET


class SendMessage(Asked):
    body: Body
    client_id: UUID


class MarkRead(Asked):
    """Everything up to `seq` was seen."""

    seq: Seq


class Rate(Asked):
    score: Annotated[int, Meta(ge=1, le=5)]


class OfferedConversation(Answer):
    """On offer is not readable: only when it began, on which page, and how many messages it has."""

    conversation_id: UUID
    started_at: datetime
    page: str | None
    messages: int


class OfferAccount(Answer):
    name: str


class Offer(Answer):
    """`GET /widget/v1/adoptable`: empty for a lead. `adopt` is how the workspace wants it asked."""

    items: list[OfferedConversation]
    account: OfferAccount | None
    adopt: Literal["ask", "always"]


class FirstLine(Answer):
    """`GET /widget/v1/adoptable/{offered_id}/first-line`: what its person wrote first, 120 characters at most."""

    body: str


class Adopt(Asked):
    """`POST /widget/v1/adoptions`: takes these, and leaves for good what is on offer and not named."""

    conversation_ids: Annotated[list[UUID], Meta(max_length=100)]


class Adopted(Answer):
    id: UUID
    conversation_id: UUID


class Adoptions(Answer):
    items: list[Adopted]


class LinkQuestion(Answer):
    """A session that has proved one identity proved a mailbox beside it: with a yes, whoever proves one of the two
    reads what both own. `conversations` is how many the mailbox `account` has; `into` names the account that asked."""

    account: str
    into: str
    conversations: int


class Link(Answer):
    id: UUID
    account: str
    how: Literal["token", "person"]
    at: datetime


class Links(Answer):
    """`GET` and `POST /widget/v1/links`: with whom this session's identity is one person."""

    items: list[Link]


class AgreeToLink(Asked):
    """`POST /widget/v1/links`: yes to the question about this `account`."""

    account: Claim


class Device(Answer):
    id: UUID
    client: str | None
    started_at: datetime
    last_seen_at: datetime
    this_one: bool


class Devices(Answer):
    """`GET /widget/v1/session/devices`: the living sessions of whoever this session proved to be, this one first."""

    items: list[Device]


class Reading(Answer):
    """`you` are other sessions that proved the same; `program` has a key of the team's."""

    conversation_id: UUID
    reader: Literal["you", "team", "program", "operator"]
    times: int
    last_at: datetime


class Readings(Answer):
    """`GET /widget/v1/session/readings`: who read the contact's own conversations, the last first."""

    items: list[Reading]


# ── A contact's socket (`/widget/v1/stream`) ─────────────────────────────────────────────────────────────────


class FrameIn(Unsaid, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """A frame that a client sends."""


class AuthFrame(FrameIn, tag="auth"):
    """The first frame, within 5 s, unless the cookie carries the session."""

    token: str


class ResumeFrame(FrameIn, tag="resume"):
    """The last `seq` that the client has of each conversation; what it lacks follows as message frames."""

    seen: dict[UUID, Seq]


class SendFrame(FrameIn, tag="send"):
    conversation_id: UUID
    body: Body
    client_id: UUID


class TypingFrame(FrameIn, tag="typing"):
    conversation_id: UUID


class ReadFrame(FrameIn, tag="read"):
    conversation_id: UUID
    seq: Seq


class ProofFrame(FrameIn, tag="proof"):
    """The same identity renews without a new session. Anything else ends the socket."""

    identity_token: Token


class PingFrame(FrameIn, tag="ping"):
    pass


ContactFrame = AuthFrame | ResumeFrame | SendFrame | TypingFrame | ReadFrame | ProofFrame | PingFrame


class FrameOut(Unsaid, kw_only=True, tag_field="type"):
    """A frame that the server sends."""


class ReadyEvent(FrameOut, tag="ready"):
    state: SessionState


class MessageEvent(FrameOut, tag="message"):
    conversation_id: UUID
    seq: int
    message: Message


class SentEvent(FrameOut, tag="sent"):
    """The acknowledgement of a send: it is stored."""

    conversation_id: UUID
    client_id: UUID
    seq: int
    message: Message


class RefusedEvent(FrameOut, tag="refused"):
    """The answer to a frame that was not carried out; `client_id` names the send."""

    client_id: UUID | None
    status: int
    code: str
    detail: str
    refusal: UUID | UnsetType = UNSET
    retry_after: int | None = None


class TypingEvent(FrameOut, tag="typing"):
    """A teammate is writing. No row stands behind it; it fades after some seconds."""

    conversation_id: UUID
    name: str | None


class SeenEvent(FrameOut, tag="seen"):
    """The team has read up to `seq`."""

    conversation_id: UUID
    seq: int


class StateEvent(FrameOut, tag="state"):
    """The conversation was closed or reopened."""

    conversation_id: UUID
    state: ConversationState


class RenewedEvent(FrameOut, tag="renewed"):
    proof: SessionProof


class PongEvent(FrameOut, tag="pong"):
    pass


ContactEvent = (
    ReadyEvent
    | MessageEvent
    | SentEvent
    | RefusedEvent
    | TypingEvent
    | SeenEvent
    | StateEvent
    | RenewedEvent
    | PongEvent
)


# ── The team: signing in ─────────────────────────────────────────────────────────────────────────────────────


class SignIn(Asked):
    email: Claim
    password: Annotated[str, Meta(min_length=1, max_length=1024)]


class Teammate(Answer):
    id: UUID
    name: str
    email: str


class Workspace(Answer):
    id: UUID
    name: str


class Me(Answer):
    """Who is signed in. `csrf` goes back as the header `X-Privity-CSRF` with everything but GET.

    `role` says what is worth showing, and decides nothing: a key has none.
    """

    teammate: Teammate
    role: Literal["owner", "agent", "auditor"] | None
    workspace: Workspace
    csrf: str
    teammates: list[Teammate]


# ── The team: conversations ──────────────────────────────────────────────────────────────────────────────────


class IdentityRef(Answer):
    """A subject at a provider, as the site's key proved it."""

    id: UUID
    provider: str
    subject: str
    name: str | None
    email: str | None
    email_verified: bool


class ContactRef(Answer):
    """How a contact is titled: by its proved name, or by what it claims, or as a visitor with a number."""

    id: UUID
    kind: ContactKind
    proved_name: str | None
    claimed_name: str | None
    claimed_email: str | None


class Preview(Answer):
    author: Author
    body: str
    sent_at: datetime


class TeamConversation(Answer):
    """`assurance` is what the contact has proved in the session that started it, or its owner's. What is `blocked`
    stands in the list of that name and in no other."""

    id: UUID
    contact: ContactRef
    assurance: Assurance
    owner: IdentityRef | None
    state: ConversationState
    blocked: bool
    unread: int
    assignee: Teammate | None
    started_at: datetime
    page: str | None
    last_message: Preview


class Audience(Answer):
    """Who will see an answer: `now` in a living session, `later` when they prove it again, `nobody` at all."""

    reach: Literal["now", "later", "nobody"]
    sentence: str


class TeamConversationDetail(TeamConversation):
    audience: Audience
    same_claim_users: int
    rating: int | None


class TeamConversationList(Answer):
    items: list[TeamConversation]
    next_cursor: str | None


class TeamAuthor(Answer):
    kind: Literal["contact", "teammate", "system"]
    id: UUID | None
    name: str | None


class TeamMessage(Answer):
    """`seq` is null for notes and events. `team_seq` orders everything that the team sees."""

    id: UUID
    seq: int | None
    team_seq: int
    kind: MessageKind
    author: TeamAuthor
    assurance: Assurance
    body: str
    sent_at: datetime


class TeamMessagePage(Answer):
    items: list[TeamMessage]
    next_cursor: int | None


class WriteMessage(Asked):
    body: Body
    client_id: UUID
    kind: Literal["public", "note"] = "public"


class NamedIdentity(Asked):
    subject: Annotated[str, Meta(min_length=1, max_length=255)]
    provider: Literal["site"] = "site"


class TeamStart(Asked):
    """For an identity that the site has named (`{provider, subject}`), or for one living session of a lead."""

    body: Body
    client_id: UUID
    identity: NamedIdentity | UnsetType = UNSET
    session_id: UUID | UnsetType = UNSET


class Assign(Asked):
    teammate_id: UUID | None


class TeamMarkRead(Asked):
    team_seq: Seq


# ── The team: people, and why ────────────────────────────────────────────────────────────────────────────────


class LinkedIdentity(Answer):
    """One person with it, since a signed token named both or their person said so."""

    provider: str
    subject: str
    how: Literal["token", "person"]
    at: datetime


class ProvedIdentity(IdentityRef):
    """With how and when it was last proved: `key` is the name (kid) of the signing key.

    `attributes` are what the newest token said besides, such as `phone` or `company`. Nobody proves one that is retired
    any more. What one that is blocked writes is kept apart.
    """

    assurance: Assurance
    proved_at: datetime | None
    key: str | None
    attributes: dict[str, str | int | float | bool]
    retired_at: datetime | None
    blocked_at: datetime | None
    linked: list[LinkedIdentity]


class ClaimMade(Answer):
    """Something typed. `proved_users` counts the users of that address who did prove it."""

    kind: Literal["email", "name"]
    value: str
    at: datetime
    proved_users: int


class SessionSeen(Answer):
    id: UUID
    kind: Literal["browser", "page"]
    assurance: Assurance
    started_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    page: str | None
    client: str | None
    blocked_at: datetime | None


class Contact(ContactRef):
    created_at: datetime
    identities: list[ProvedIdentity]
    claims: list[ClaimMade]
    sessions: list[SessionSeen]
    conversations: list[TeamConversation]


class ContactLine(ContactRef):
    created_at: datetime
    last_seen_at: datetime | None


class ContactList(Answer):
    items: list[ContactLine]
    next_cursor: str | None


class Access(Answer):
    """One row of *Why?*: what decides for this conversation, in the policy's own sentence."""

    conversation_id: UUID
    allowed: bool
    reason: str
    remedy: str | None
    sentence: str


class FailedProof(Answer):
    at: datetime
    reason: str
    sentence: str
    remedy: str | None


class ReasonCount(Answer):
    """How many conversations one row decides, and in whose favour."""

    reason: str
    allowed: bool
    count: int
    sentence: str


class Supposed(Answer):
    """What a contact would see of its own conversations if one fact were another. `possible`: false where it could not
    be, and `sentence` says why."""

    suppose: Supposition
    title: str
    possible: bool
    sentence: str
    sees: int
    reasons: list[ReasonCount]


class Why(Answer):
    """`GET /api/v1/contacts/{id}/access`. Of others with the same claimed address, a count and nothing more.

    `conversations` are its own and those of the identities that `links` make one person with it, each in a sentence.
    """

    contact: ContactRef
    sentence: str
    missing: list[str]
    conversations: list[Access]
    links: list[str]
    others_with_claimed_email: int
    last_failure: FailedProof | None
    suppositions: list[Supposed]


class Moment(Answer):
    """What happened in a session, with its reason where it has one; `count` times the same, since `first_at`."""

    kind: MomentKind
    at: datetime
    first_at: datetime
    count: int
    reason: str | None
    sentence: str
    remedy: str | None


class SessionStory(Answer):
    """One session of a contact, and what happened in it, the newest first."""

    session_id: UUID
    kind: Literal["browser", "page"]
    assurance: Assurance
    page: str | None
    client: str | None
    moments: list[Moment]


class TimeLine(Answer):
    """`GET /api/v1/contacts/{id}/timeline`: sessions, the newest first."""

    items: list[SessionStory]
    next_cursor: str | None


# ── The team's socket (`/api/v1/stream`) ─────────────────────────────────────────────────────────────────────


class TeamMessageEvent(FrameOut, tag="message"):
    conversation_id: UUID
    team_seq: int
    message: TeamMessage


class TeamConversationEvent(FrameOut, tag="conversation"):
    """A conversation is new, or its state, assignee or owner changed."""

    conversation: TeamConversation


class ContactTypingEvent(FrameOut, tag="typing"):
    conversation_id: UUID


class ContactReadEvent(FrameOut, tag="seen"):
    """The contact has read up to `seq`."""

    conversation_id: UUID
    seq: int


class SessionsChangedEvent(FrameOut, tag="sessions"):
    """A session of this contact began, proved, renewed or ended: who will see an answer may have changed."""

    contact_id: UUID


class TeamReadyEvent(FrameOut, tag="ready"):
    pass


TeamEvent = (
    TeamReadyEvent
    | TeamMessageEvent
    | TeamConversationEvent
    | ContactTypingEvent
    | ContactReadEvent
    | SessionsChangedEvent
    | PongEvent
)


class TeamTypingFrame(FrameIn, tag="typing"):
    conversation_id: UUID


class TeamResumeFrame(FrameIn, tag="resume"):
    """The last `team_seq` of the conversation that is open in front of the teammate."""

    seen: dict[UUID, Seq]


TeamFrame = TeamTypingFrame | TeamResumeFrame | PingFrame


# ── The team: signing keys, and what is wrong with a token ───────────────────────────────────────────────────


class ExplainToken(Asked):
    """`POST /api/v1/token/explain`. Nothing of it is stored or logged."""

    token: Token


class TokenCheck(Answer):
    """`unknown`: another fault hides it."""

    name: str
    state: Literal["right", "wrong", "unknown"]
    sentence: str
    remedy: str | None


class TokenExplained(Answer):
    accepted: bool
    checks: list[TokenCheck]


# ── The team: how well the site proves who its users are ─────────────────────────────────────────────────────


class HealthDay(Answer):
    """Proofs of one day (UTC)."""

    day: date
    accepted: int
    refused: int


class RefusedCount(Answer):
    """Proofs that were refused for one reason; `kid` is the key that they named, or the product of an old hash."""

    reason: str
    kid: str | None
    count: int
    last_day: date
    sentence: str
    remedy: str | None


class ClockSkew(Answer):
    """A token's `iat` less the time at which it came, in seconds: above nought the site's clock is ahead, below it the
    token was old."""

    lowest: int
    median: int
    highest: int
    tokens: int


class KeyHealth(Answer):
    kid: str
    name: str | None
    accepted: int
    refused: int
    never_used: bool
    skew: ClockSkew | None


class SessionsSeen(Answer):
    """Sessions that began in the time that is looked at, and whose they were."""

    sessions: int
    proved: int
    contacts: int
    proved_contacts: int


class Stricter(Answer):
    """Whom a setting would have met in the time that is looked at; `now` is what the workspace asks."""

    setting: Literal["least_to_write", "history_from"]
    value: Assurance
    now: bool
    sessions: int
    contacts: int
    sentence: str


class Sighting(Answer):
    """Something that a name alone is kept of, how often, and when last."""

    name: str
    count: int
    last_day: date


class IdentityHealth(Answer):
    """`GET /api/v1/identity-health`. Counts alone: of no person, and no page."""

    days: list[HealthDay]
    refusals: list[RefusedCount]
    keys: list[KeyHealth]
    seen: SessionsSeen
    stricter: list[Stricter]
    unsigned: list[Sighting]
    secrets: list[Sighting]
    left_unannounced: int


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


class Setting(Answer):
    """A setting in the word that would set it. `takes` says in words what it takes; `choices` are all, where few."""

    name: str
    value: str
    means: str
    takes: str
    choices: list[str]


class SettingList(Answer):
    """`GET /api/v1/settings`."""

    items: list[Setting]


class ChangeSetting(Asked):
    """`PATCH /api/v1/settings`."""

    name: Annotated[str, Meta(min_length=1, max_length=64)]
    value: Annotated[str, Meta(max_length=PAGE_CHARACTERS)]


class ChangedSetting(Answer):
    name: str
    value: str


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


# ── The audit log ────────────────────────────────────────────────────────────────────────────────────────────


class AuditEntry(Answer):
    """`seal` is the number of the seal that holds it, none while it waits. What is `erased` has lost its ids."""

    id: UUID
    at: datetime
    kind: str
    actor: Literal["contact", "teammate", "key", "operator", "system"]
    actor_id: UUID | None
    session_id: UUID | None
    conversation_id: UUID | None
    subject_id: UUID | None
    reason: str | None
    from_seq: int | None
    to_seq: int | None
    count: int | None
    seal: int | None
    erased: bool


class AuditLog(Answer):
    """`GET /api/v1/audit`, for an auditor."""

    items: list[AuditEntry]
    next_cursor: str | None


# ── First set-up ─────────────────────────────────────────────────────────────────────────────────────────────


class SetUp(Asked):
    """`POST /api/v1/setup`, once, with the token of the link (which a browser keeps behind the `#`).

    `history_from` is `mailbox` for a site on which nobody signs in: the chat mails codes, and they open history.
    """

    token: str
    name: Claim
    email: Claim
    password: Annotated[str, Meta(min_length=12, max_length=1024)]
    workspace: Claim
    site: Annotated[str, Meta(min_length=1, max_length=PAGE_CHARACTERS)]
    history_from: Literal["mailbox", "signed"] = "signed"


class NewSigningKey(Answer):
    """`secret` is shown once; of a public key that was given there is none."""

    kid: str
    alg: str
    secret: str


class SetUpDone(Answer):
    me: Me
    signing_key: NewSigningKey
    snippet: str
    needs_mail_server: bool


class FirstVisit(Answer):
    """`GET /api/v1/setup/visit`: when an allowed page first loaded the widget."""

    first_visit_at: datetime | None
    page: str | None


# ── Errors (RFC 9457) ────────────────────────────────────────────────────────────────────────────────────────


class Problem(Answer):
    """`application/problem+json`. `code` is the word to program against; `detail` is a sentence for a person."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    refusal: UUID | UnsetType = UNSET
