// Made from src/privity/web/wire/ by `python -m privity.web.wire_types`; change it there.

export const BODY_CHARACTERS = 10000;

export const CLAIM_CHARACTERS = 254;

export const PAGE_CHARACTERS = 2000;

export const TOKEN_CHARACTERS = 8192;

export const REQUEST_BYTES = 65536;

export const HEAD_BYTES = 32768;

export const REQUEST_SECONDS = 20;

export const FRAME_BYTES = 65536;

export const PAGE_ITEMS = 100;

export const FETCH_BYTES = 262144;

export const FETCH_SECONDS = 5;

export const HEALTH_DAYS = 90;

export const KEY_SET_KEYS = 20;

export const ADOPTION_DAYS = 14;

export const LINKS = 10;

export type ConversationState = "open" | "closed";

export type Assurance = "none" | "claimed" | "legacy" | "mailbox" | "signed";

export type ContactKind = "visitor" | "lead" | "user";

export type MessageKind = "public" | "note" | "event";

export type AuditAbout = "contact" | "identity" | "key" | "link" | "old hash" | "provider" | "session or identity" | "teammate" | "vouched by";

export type MomentKind = "opened" | "proved" | "refused" | "ended";

export type Supposition = "token" | "code" | "mailbox_opens" | "still_open";

export type LegacyProduct = "customerly" | "intercom" | "chatwoot" | "helpscout" | "crisp";

export type Openness = "open" | "locked";

export type TeamState = "open" | "closed" | "blocked";

export interface Author {
  kind: "contact" | "teammate";
  name: string | null;
}

/** A public message. `body` is markdown source; clients render it to nodes, never to HTML text. */
export interface Message {
  id: string;
  seq: number;
  author: Author;
  body: string;
  sent_at: string;
  attachments: null[];
}

/** One line of the contact's list. `last_message.body` is its beginning, 280 characters at most. */
export interface Conversation {
  id: string;
  state: ConversationState;
  started_at: string;
  last_message: Message;
  unread: number;
}

export interface ConversationList {
  items: Conversation[];
  next_cursor: string | null;
}

/** `POST /widget/v1/conversations`: the conversation with its first message. */
export interface StartedConversation {
  id: string;
  state: ConversationState;
  started_at: string;
  last_message: Message;
  unread: number;
  messages: Message[];
}

/** Oldest first. `next_cursor` is the `seq` to ask on from, in the direction that was asked; null at the end. */
export interface MessagePage {
  items: Message[];
  next_cursor: number | null;
}

export interface StartConversation {
  body: string;
  client_id: string;
  page?: string;
}

export interface SendMessage {
  body: string;
  client_id: string;
}

/** Everything up to `seq` was seen. */
export interface MarkRead {
  seq: number;
}

export interface Rate {
  score: number;
}

/** On offer is not readable: only when it began, on which page, and how many messages it has. */
export interface OfferedConversation {
  conversation_id: string;
  started_at: string;
  page: string | null;
  messages: number;
}

export interface OfferAccount {
  name: string;
}

/** `GET /widget/v1/adoptable`: empty for a lead. `adopt` is how the workspace wants it asked. */
export interface Offer {
  items: OfferedConversation[];
  account: OfferAccount | null;
  adopt: "always" | "ask";
}

/** `GET /widget/v1/adoptable/{offered_id}/first-line`: what its person wrote first, 120 characters at most. */
export interface FirstLine {
  body: string;
}

/** `POST /widget/v1/adoptions`: takes these, and leaves for good what is on offer and not named. */
export interface Adopt {
  conversation_ids: string[];
}

export interface Adopted {
  id: string;
  conversation_id: string;
}

export interface Adoptions {
  items: Adopted[];
}

export interface SessionProof {
  expires_at: string;
  renew_after: string;
}

/** What a session may know of itself. `history` is locked for everybody who is not proved enough, alike. */
export interface SessionState {
  session: SessionSecret;
  contact: SessionContact;
  history: Openness;
  write: "open" | "proof_needed";
  proof?: SessionProof;
}

/** The first frame, within 5 s, unless the cookie carries the session. */
export interface AuthFrame {
  type: "auth";
  token: string;
}

/** The last `seq` that the client has of each conversation; what it lacks follows as message frames. */
export interface ResumeFrame {
  type: "resume";
  seen: Record<string, number>;
}

export interface SendFrame {
  type: "send";
  conversation_id: string;
  body: string;
  client_id: string;
}

export interface TypingFrame {
  type: "typing";
  conversation_id: string;
}

export interface ReadFrame {
  type: "read";
  conversation_id: string;
  seq: number;
}

/** The same identity renews without a new session. Anything else ends the socket. */
export interface ProofFrame {
  type: "proof";
  identity_token: string;
}

export interface PingFrame {
  type: "ping";
}

export interface ReadyEvent {
  type: "ready";
  state: SessionState;
}

export interface MessageEvent {
  type: "message";
  conversation_id: string;
  seq: number;
  message: Message;
}

/** The acknowledgement of a send: it is stored. */
export interface SentEvent {
  type: "sent";
  conversation_id: string;
  client_id: string;
  seq: number;
  message: Message;
}

/** The answer to a frame that was not carried out; `client_id` names the send. */
export interface RefusedEvent {
  type: "refused";
  client_id: string | null;
  status: number;
  code: string;
  detail: string;
  retry_after: number | null;
}

/** A teammate is writing. No row stands behind it; it fades after some seconds. */
export interface TypingEvent {
  type: "typing";
  conversation_id: string;
  name: string | null;
}

/** The team has read up to `seq`. */
export interface SeenEvent {
  type: "seen";
  conversation_id: string;
  seq: number;
}

/** The conversation was closed or reopened. */
export interface StateEvent {
  type: "state";
  conversation_id: string;
  state: ConversationState;
}

export interface RenewedEvent {
  type: "renewed";
  proof: SessionProof;
}

export interface PongEvent {
  type: "pong";
}

export interface SignIn {
  email: string;
  password: string;
}

export interface Teammate {
  id: string;
  name: string;
  email: string;
}

export interface Workspace {
  id: string;
  name: string;
}

/**
 * Who is signed in. `csrf` goes back as the header `X-Privity-CSRF` with everything but GET.
 *
 * `role` says what is worth showing, and decides nothing: a key has none.
 */
export interface Me {
  teammate: Teammate;
  role: "agent" | "auditor" | "owner" | null;
  workspace: Workspace;
  csrf: string;
  teammates: Teammate[];
}

/** A subject at a provider, as the site's key proved it. */
export interface IdentityRef {
  id: string;
  provider: string;
  subject: string;
  name: string | null;
  email: string | null;
  email_verified: boolean;
}

/** How a contact is titled: by its proved name, or by what it claims, or as a visitor with a number. */
export interface ContactRef {
  id: string;
  kind: ContactKind;
  proved_name: string | null;
  claimed_name: string | null;
  claimed_email: string | null;
}

export interface Preview {
  author: Author;
  body: string;
  sent_at: string;
}

/**
 * `assurance` is what the contact has proved in the session that started it, or its owner's. What is `blocked`
 * stands in the list of that name and in no other.
 */
export interface TeamConversation {
  id: string;
  contact: ContactRef;
  assurance: Assurance;
  owner: IdentityRef | null;
  state: ConversationState;
  blocked: boolean;
  unread: number;
  assignee: Teammate | null;
  started_at: string;
  page: string | null;
  last_message: Preview;
}

/** Who will see an answer: `now` in a living session, `later` when they prove it again, `nobody` at all. */
export interface Audience {
  reach: "later" | "nobody" | "now";
  sentence: string;
}

/** `contact_read_seq` is the last message that the contact has seen. */
export interface TeamConversationDetail {
  id: string;
  contact: ContactRef;
  assurance: Assurance;
  owner: IdentityRef | null;
  state: ConversationState;
  blocked: boolean;
  unread: number;
  assignee: Teammate | null;
  started_at: string;
  page: string | null;
  last_message: Preview;
  audience: Audience;
  contact_read_seq: number;
  same_claim_users: number;
  rating: number | null;
}

export interface TeamConversationList {
  items: TeamConversation[];
  next_cursor: string | null;
}

export interface TeamAuthor {
  kind: "contact" | "system" | "teammate";
  id: string | null;
  name: string | null;
}

/** `seq` is null for notes and events. `team_seq` orders everything that the team sees. */
export interface TeamMessage {
  id: string;
  seq: number | null;
  team_seq: number;
  kind: MessageKind;
  author: TeamAuthor;
  assurance: Assurance;
  body: string;
  sent_at: string;
}

export interface TeamMessagePage {
  items: TeamMessage[];
  next_cursor: number | null;
}

export interface WriteMessage {
  body: string;
  client_id: string;
  kind?: "note" | "public";
}

export interface NamedIdentity {
  subject: string;
  provider?: "site";
}

/** For an identity that the site has named (`{provider, subject}`), or for one living session of a lead. */
export interface TeamStart {
  body: string;
  client_id: string;
  identity?: NamedIdentity;
  session_id?: string;
}

export interface Assign {
  teammate_id: string | null;
}

export interface TeamMarkRead {
  team_seq: number;
}

export interface TeamMessageEvent {
  type: "message";
  conversation_id: string;
  team_seq: number;
  message: TeamMessage;
}

/** A conversation is new, or its state, assignee or owner changed. */
export interface TeamConversationEvent {
  type: "conversation";
  conversation: TeamConversation;
}

export interface ContactTypingEvent {
  type: "typing";
  conversation_id: string;
}

/** The contact has read up to `seq`. */
export interface ContactReadEvent {
  type: "seen";
  conversation_id: string;
  seq: number;
}

/** A session of this contact began, proved, renewed or ended: who will see an answer may have changed. */
export interface SessionsChangedEvent {
  type: "sessions";
  contact_id: string;
}

export interface TeamReadyEvent {
  type: "ready";
}

export interface TeamTypingFrame {
  type: "typing";
  conversation_id: string;
}

/** The last `team_seq` of each conversation that is open in front of the teammate; what is missing follows. */
export interface TeamResumeFrame {
  type: "resume";
  seen: Record<string, number>;
}

/** `application/problem+json`. `code` is the word to program against; `detail` is a sentence for a person. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  refusal?: string;
}

/**
 * `sentence` says it in words, `about` what the subject is. `seal` is the number of the seal that holds it, none
 * while it waits. What is `erased` has lost its ids.
 */
export interface AuditEntry {
  id: string;
  at: string;
  kind: string;
  actor: "contact" | "key" | "operator" | "system" | "teammate";
  actor_id: string | null;
  session_id: string | null;
  conversation_id: string | null;
  subject_id: string | null;
  about: AuditAbout | null;
  reason: string | null;
  from_seq: number | null;
  to_seq: number | null;
  count: number | null;
  sentence: string;
  seal: number | null;
  erased: boolean;
}

/** `GET /api/v1/audit`, for an auditor. */
export interface AuditLog {
  items: AuditEntry[];
  next_cursor: string | null;
}

/**
 * A session that has proved one identity proved a mailbox beside it: with a yes, whoever proves one of the two
 * reads what both own. `conversations` is how many the mailbox `account` has; `into` names the account that asked.
 */
export interface LinkQuestion {
  account: string;
  into: string;
  conversations: number;
}

export interface Link {
  id: string;
  account: string;
  how: "person" | "token";
  at: string;
}

/** `GET` and `POST /widget/v1/links`: with whom this session's identity is one person. */
export interface Links {
  items: Link[];
}

/** `POST /widget/v1/links`: yes to the question about this `account`. */
export interface AgreeToLink {
  account: string;
}

export interface Device {
  id: string;
  client: string | null;
  started_at: string;
  last_seen_at: string;
  this_one: boolean;
}

/** `GET /widget/v1/session/devices`: the living sessions of whoever this session proved to be, this one first. */
export interface Devices {
  items: Device[];
}

/**
 * `you` are other sessions that proved the same; `program` has a key of the team's. `times` are the quarters of an
 * hour in which one reader read, however many pages.
 */
export interface Reading {
  conversation_id: string;
  reader: "operator" | "program" | "team" | "you";
  times: number;
  last_at: string;
}

/** `GET /widget/v1/session/readings`: who read the contact's own conversations, the last first. */
export interface Readings {
  items: Reading[];
}

/** One person with it, since a signed token named both or their person said so. */
export interface LinkedIdentity {
  provider: string;
  subject: string;
  how: "person" | "token";
  at: string;
}

/**
 * With how and when it was last proved: `key` is the name (kid) of the signing key.
 *
 * `attributes` are what the newest token said besides, such as `phone` or `company`. Nobody proves one that is retired
 * any more. What one that is blocked writes is kept apart.
 */
export interface ProvedIdentity {
  id: string;
  provider: string;
  subject: string;
  name: string | null;
  email: string | null;
  email_verified: boolean;
  assurance: Assurance;
  proved_at: string | null;
  key: string | null;
  attributes: Record<string, string | number | boolean>;
  retired_at: string | null;
  blocked_at: string | null;
  linked: LinkedIdentity[];
}

/** Something typed. `proved_users` counts the users of that address who did prove it. */
export interface ClaimMade {
  kind: "email" | "name";
  value: string;
  at: string;
  proved_users: number;
}

export interface SessionSeen {
  id: string;
  kind: "browser" | "page";
  assurance: Assurance;
  started_at: string;
  last_seen_at: string;
  ended_at: string | null;
  end_reason: string | null;
  page: string | null;
  client: string | null;
  blocked_at: string | null;
}

export interface Contact {
  id: string;
  kind: ContactKind;
  proved_name: string | null;
  claimed_name: string | null;
  claimed_email: string | null;
  created_at: string;
  identities: ProvedIdentity[];
  claims: ClaimMade[];
  sessions: SessionSeen[];
  conversations: TeamConversation[];
}

export interface ContactLine {
  id: string;
  kind: ContactKind;
  proved_name: string | null;
  claimed_name: string | null;
  claimed_email: string | null;
  created_at: string;
  last_seen_at: string | null;
}

export interface ContactList {
  items: ContactLine[];
  next_cursor: string | null;
}

/** One row of *Why?*: what decides for this conversation, in the policy's own sentence. */
export interface Access {
  conversation_id: string;
  allowed: boolean;
  reason: string;
  remedy: string | null;
  sentence: string;
}

export interface FailedProof {
  at: string;
  reason: string;
  sentence: string;
  remedy: string | null;
}

/** How many conversations one row decides, and in whose favour. */
export interface ReasonCount {
  reason: string;
  allowed: boolean;
  count: number;
  sentence: string;
}

/**
 * What a contact would see of its own conversations if one fact were another. `possible`: false where it could not
 * be, and `sentence` says why.
 */
export interface Supposed {
  suppose: Supposition;
  title: string;
  possible: boolean;
  sentence: string;
  sees: number;
  reasons: ReasonCount[];
}

/**
 * `GET /api/v1/contacts/{id}/access`. Of others with the same claimed address, a count and nothing more.
 *
 * `conversations` are its own and those of the identities that `links` make one person with it, each in a sentence.
 */
export interface Why {
  contact: ContactRef;
  sentence: string;
  missing: string[];
  conversations: Access[];
  links: string[];
  others_with_claimed_email: number;
  last_failure: FailedProof | null;
  suppositions: Supposed[];
}

/** What happened in a session, with its reason where it has one; `count` times the same, since `first_at`. */
export interface Moment {
  kind: MomentKind;
  at: string;
  first_at: string;
  count: number;
  reason: string | null;
  sentence: string;
  remedy: string | null;
}

/** One session of a contact, and what happened in it, the newest first. */
export interface SessionStory {
  session_id: string;
  kind: "browser" | "page";
  assurance: Assurance;
  page: string | null;
  client: string | null;
  moments: Moment[];
}

/** `GET /api/v1/contacts/{id}/timeline`: sessions, the newest first. */
export interface TimeLine {
  items: SessionStory[];
  next_cursor: string | null;
}

/** `POST /api/v1/token/explain`. Nothing of it is stored or logged. */
export interface ExplainToken {
  token: string;
}

/** `unknown`: another fault hides it. */
export interface TokenCheck {
  name: string;
  state: "right" | "unknown" | "wrong";
  sentence: string;
  remedy: string | null;
}

export interface TokenExplained {
  accepted: boolean;
  checks: TokenCheck[];
}

/** Proofs of one day (UTC). */
export interface HealthDay {
  day: string;
  accepted: number;
  refused: number;
}

/** Proofs that were refused for one reason; `kid` is the key that they named, or the product of an old hash. */
export interface RefusedCount {
  reason: string;
  kid: string | null;
  count: number;
  last_day: string;
  sentence: string;
  remedy: string | null;
}

/**
 * A token's `iat` less the time at which it came, in seconds: above nought the site's clock is ahead, below it the
 * token was old.
 */
export interface ClockSkew {
  lowest: number;
  median: number;
  highest: number;
  tokens: number;
}

export interface KeyHealth {
  kid: string;
  name: string | null;
  accepted: number;
  refused: number;
  never_used: boolean;
  skew: ClockSkew | null;
}

/** Sessions that began in the time that is looked at, and whose they were. */
export interface SessionsSeen {
  sessions: number;
  proved: number;
  contacts: number;
  proved_contacts: number;
}

/** Whom a setting would have met in the time that is looked at; `now` is what the workspace asks. */
export interface Stricter {
  setting: "history_from" | "least_to_write";
  value: Assurance;
  now: boolean;
  sessions: number;
  contacts: number;
  sentence: string;
}

/** Something that a name alone is kept of, how often, and when last. */
export interface Sighting {
  name: string;
  count: number;
  last_day: string;
}

/** `GET /api/v1/identity-health`. Counts alone: of no person, and no page. */
export interface IdentityHealth {
  days: HealthDay[];
  refusals: RefusedCount[];
  keys: KeyHealth[];
  seen: SessionsSeen;
  stricter: Stricter[];
  unsigned: Sighting[];
  secrets: Sighting[];
  left_unannounced: number;
}

/** A setting in the word that would set it. `takes` says in words what it takes; `choices` are all, where few. */
export interface Setting {
  name: string;
  value: string;
  means: string;
  takes: string;
  choices: string[];
}

/** `GET /api/v1/settings`. */
export interface SettingList {
  items: Setting[];
}

/** `PATCH /api/v1/settings`. */
export interface ChangeSetting {
  name: string;
  value: string;
}

export interface ChangedSetting {
  name: string;
  value: string;
}

/** What somebody says of themselves. Nothing is proved by it, and nothing is looked up with it. */
export interface Claims {
  email?: string;
  name?: string;
}

/**
 * Another product's hash, with what the page gives that product beside it.
 *
 * The hash proves the one identifier that the product makes it of: Customerly, Help Scout and Crisp the `email`,
 * Chatwoot the `user_id` (its `identifier`), Intercom the `user_id` or, without one, the `email`. The rest is a claim.
 */
export interface LegacyProof {
  product: LegacyProduct;
  hash: string;
  user_id?: string;
  email?: string;
  name?: string;
}

/**
 * `POST /widget/v1/sessions`.
 *
 * `carrier` says how a browser keeps a browser session: by the chat's own cookie, or, where the browser blocks it,
 * by the storage of the chat's own frame. `page` is the origin and path of the page, without its query.
 * `refusal` is the id that a 401 `invalid_identity` named, where the person goes on without their history: so the
 * team can be told why. A page brings an `identity_token` or an old hash as `legacy`, and not both.
 */
export interface OpenSession {
  workspace: string;
  identity_token?: string;
  legacy?: LegacyProof;
  claims?: Claims;
  carrier?: "cookie" | "storage";
  page?: string;
  refusal?: string;
}

/** `PATCH /widget/v1/session`. */
export interface ChangeClaims {
  claims: Claims;
}

/**
 * `POST /widget/v1/session/sign-in-starts`: where a sign-in at one of the workspace's providers leads.
 *
 * `state`, `nonce` and the verifier of the S256 `code_challenge` are random, and kept by who asks.
 */
export interface StartSignIn {
  provider: string;
  state: string;
  nonce: string;
  code_challenge: string;
}

export interface SignInStart {
  authorization_url: string;
}

/** What came back from the provider (`code`, and `iss` where it says so), with what was kept since the start. */
export interface SignInProof {
  provider: string;
  code: string;
  verifier: string;
  nonce: string;
  iss?: string;
}

/**
 * `POST /widget/v1/session/proofs`: the same identity renews, a lead rises, another identity is refused.
 *
 * A `token` comes with `identity_token`, or with an old hash as `legacy`; a `code` first with the `email` that it is
 * mailed to (the answer is `CodeSent`, the same for every address) and then with the `code`; `oidc` comes with what a
 * sign-in at a provider gave, as `sign_in`.
 */
export interface OfferProof {
  kind: "code" | "oidc" | "token";
  identity_token?: string;
  legacy?: LegacyProof;
  sign_in?: SignInProof;
  email?: string;
  code?: string;
}

/** If that address can receive mail, a code is on its way: good for so many seconds. */
export interface CodeSent {
  expires_in: number;
}

/** `token` only for a page session, and for a client that keeps its secret itself. */
export interface SessionSecret {
  expires_at: string;
  token?: string;
}

export interface SessionContact {
  kind: ContactKind;
  assurance: Assurance;
  name: string | null;
}

/** A provider at which people may sign in. */
export interface SignInChoice {
  id: string;
  name: string;
}

/**
 * `GET /widget/v1/config?workspace=`: what a workspace publishes about itself. `links`: who proved something may
 * prove a mailbox beside it, and join the two. `adoption_days`: for how long what a visitor writes in this browser may
 * be asked of the first who signs in there.
 */
export interface WidgetConfig {
  workspace: string;
  name: string;
  greeting: string;
  accent: string;
  sign_in_url: string | null;
  adoption_days: number;
  codes: boolean;
  links: boolean;
  sign_ins: SignInChoice[];
}

/**
 * `POST /api/v1/setup`, once, with the token of the link (which a browser keeps behind the `#`).
 *
 * `history_from` is `mailbox` for a site on which nobody signs in: the chat mails codes, and they open history.
 */
export interface SetUp {
  token: string;
  name: string;
  email: string;
  password: string;
  workspace: string;
  site: string;
  history_from?: "mailbox" | "signed";
}

/** `secret` is shown once; of a public key that was given there is none. */
export interface NewSigningKey {
  kid: string;
  alg: string;
  secret: string;
}

export interface SetUpDone {
  me: Me;
  signing_key: NewSigningKey;
  snippet: string;
  needs_mail_server: boolean;
}

/** `GET /api/v1/setup/visit`: when an allowed page first loaded the widget. */
export interface FirstVisit {
  first_visit_at: string | null;
  page: string | null;
}

export interface CodeBlock {
  language: string;
  code: string;
}

/** What a site in one language or framework needs, from docs/integrate.md. */
export interface SiteSnippet {
  name: string;
  blocks: CodeBlock[];
}

/** `GET /api/v1/snippets`. */
export interface SnippetList {
  items: SiteSnippet[];
}

/**
 * `GET /api/v1/keys`: never the secret. `accepted` and `refused` count tokens, some seconds behind.
 *
 * `listed` is null for a key that was made or given here; of one that was found at the address of keys it says whether
 * the address lists it still: if not, it proves nobody.
 */
export interface SigningKeyLine {
  kid: string;
  name: string | null;
  alg: string;
  issuer: string | null;
  created_at: string;
  last_used_at: string | null;
  stops_at: string | null;
  revoked_at: string | null;
  listed: boolean | null;
  accepted: number;
  refused: number;
}

/** A key at the address that is not trusted, and why, in a sentence. `kid` may be missing there. */
export interface LeftOutKey {
  kid: string | null;
  why: string;
}

/** Where the site publishes its public keys. `fault` is a sentence: why the last look failed. */
export interface KeyAddress {
  url: string;
  rsa_alg: "PS256" | "RS256";
  issuer: string | null;
  looked_at: string | null;
  good_until: string | null;
  fault: string | null;
  left_out: LeftOutKey[];
}

export interface SigningKeyList {
  items: SigningKeyLine[];
  address: KeyAddress | null;
}

/**
 * `POST /api/v1/key-address`. `rsa_alg` is what RSA keys there sign that do not say so themselves.
 *
 * Where an issuer is named, the tokens of these keys must name it, too.
 */
export interface NameKeyAddress {
  url: string;
  rsa_alg?: "PS256" | "RS256";
  issuer?: string;
}

/**
 * A shared secret is made here, unless a public key is given, in PEM or as a JWK. `alg` chooses between RSA's two.
 *
 * Where an issuer is named, the key's tokens must name it, too.
 */
export interface AddSigningKey {
  public_key?: string;
  alg?: "PS256" | "RS256";
  name?: string;
  issuer?: string;
}

/** `POST /api/v1/keys/{kid}/stop`: the instant from which on the key proves nobody. */
export interface StopSigningKey {
  at: string;
}

/** `sessions_bounded` rested on the key for longer, and now end by then. */
export interface StoppingSigningKey {
  stops_at: string;
  sessions_bounded: number;
}

export interface RevokedSigningKey {
  sessions_ended: number;
}

/** An OpenID Connect provider, never its secret. `fault` is a sentence: why the last sign-in failed there. */
export interface SignInProvider {
  id: string;
  name: string;
  issuer: string;
  client_id: string;
  added_at: string;
  last_used_at: string | null;
  fault: string | null;
}

/** `GET /api/v1/sign-ins`. `redirect_uri` is what each provider must know, letter by letter. */
export interface SignInProviderList {
  redirect_uri: string;
  items: SignInProvider[];
}

/** `POST /api/v1/sign-ins`. A client without a secret proves itself by PKCE alone. */
export interface AddSignInProvider {
  name: string;
  issuer: string;
  client_id: string;
  client_secret?: string;
}

export interface AddedSignInProvider {
  id: string;
}

/** A product whose hashes prove users: never its secret. `proves`: it is on, and its date is ahead. */
export interface LegacySwitch {
  product: LegacyProduct;
  on_at: string;
  until: string;
  off_at: string | null;
  proves: boolean;
  accepted: number;
  refused: number;
}

/** `GET /api/v1/legacy`: every switch that ever was, the oldest first. */
export interface LegacySwitchList {
  items: LegacySwitch[];
}

/** `POST /api/v1/legacy/off`. */
export interface LegacyOff {
  product: LegacyProduct;
}

export type ContactFrame =
  | AuthFrame
  | ResumeFrame
  | SendFrame
  | TypingFrame
  | ReadFrame
  | ProofFrame
  | PingFrame;

export type ContactEvent =
  | ReadyEvent
  | MessageEvent
  | SentEvent
  | RefusedEvent
  | TypingEvent
  | SeenEvent
  | StateEvent
  | RenewedEvent
  | PongEvent;

export type TeamEvent =
  | TeamReadyEvent
  | TeamMessageEvent
  | TeamConversationEvent
  | ContactTypingEvent
  | ContactReadEvent
  | SessionsChangedEvent
  | PongEvent;

export type TeamFrame =
  | TeamTypingFrame
  | TeamResumeFrame
  | PingFrame;
