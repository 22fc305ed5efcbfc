-- What is stored. Every table carries workspace_id first in its primary key, so that rows can be spread by workspace.
-- Ids that a contact sees are random; the others tell when they were made. Text is markdown source.

CREATE TABLE workspace (
    id              uuid PRIMARY KEY,
    name            text NOT NULL,
    greeting        text NOT NULL DEFAULT 'Hello. How can we help?',
    accent          text NOT NULL DEFAULT '#2f4b8f',
    sign_in_url     text,
    history_from    text NOT NULL DEFAULT 'signed' CHECK (history_from IN ('legacy', 'mailbox', 'signed')),
    least_to_write  text NOT NULL DEFAULT 'none' CHECK (least_to_write IN ('none', 'mailbox', 'signed')),
    codes           boolean NOT NULL DEFAULT false,
    adopt           text NOT NULL DEFAULT 'ask' CHECK (adopt IN ('ask', 'always', 'never')),
    adoption_days   integer NOT NULL DEFAULT 0 CHECK (adoption_days BETWEEN 0 AND 14),
    idle            interval NOT NULL DEFAULT '30 minutes' CHECK (idle BETWEEN '5 minutes' AND '24 hours'),
    proof_max_age   interval NOT NULL DEFAULT '1 hour' CHECK (proof_max_age BETWEEN '1 minute' AND '1 hour'),
    once_only       boolean NOT NULL DEFAULT false,
    audit_days      integer NOT NULL DEFAULT 365 CHECK (audit_days BETWEEN 31 AND 3650),
    suspended_at    timestamptz,
    first_visit_at  timestamptz,
    first_visit_page text,
    created_at      timestamptz NOT NULL
);

CREATE TABLE allowed_site (
    workspace_id uuid NOT NULL REFERENCES workspace,
    origin       text NOT NULL,
    PRIMARY KEY (workspace_id, origin)
);

-- material is sealed with the installation's key: a secret for HS256, HS384 and HS512, else a public key. Tokens of a key
-- that names an issuer must name it, too. From stops_at on it proves nobody. accepted and refused count tokens. listed is
-- of a key that was found at the workspace's address of keys: whether it is still there.
CREATE TABLE signing_key (
    workspace_id uuid NOT NULL REFERENCES workspace,
    id           uuid NOT NULL,
    kid          text NOT NULL,
    name         text,
    issuer       text,
    alg          text NOT NULL CHECK (alg IN ('HS256', 'HS384', 'HS512', 'RS256', 'PS256', 'ES256', 'EdDSA')),
    material     bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    stops_at     timestamptz,
    revoked_at   timestamptz,
    listed       boolean,
    accepted     bigint NOT NULL DEFAULT 0,
    refused      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, kid)
);

-- While it is on, another product's hash under its own secret proves who somebody is: until a date, at most 180 days after
-- it was turned on. The secret is sealed with the installation's key. accepted and refused count hashes.
CREATE TABLE legacy_switch (
    workspace_id uuid NOT NULL REFERENCES workspace,
    id           uuid NOT NULL,
    product      text NOT NULL CHECK (product IN ('customerly', 'intercom', 'chatwoot', 'helpscout', 'crisp')),
    secret       bytea NOT NULL,
    on_at        timestamptz NOT NULL,
    until        timestamptz NOT NULL CHECK (until BETWEEN on_at AND on_at + interval '180 days'),
    off_at       timestamptz,
    accepted     bigint NOT NULL DEFAULT 0,
    refused      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX legacy_switch_that_is_on ON legacy_switch (workspace_id, product) WHERE off_at IS NULL;

-- Where a site publishes its public keys. What is found there proves somebody until good_until, and is looked at anew after
-- fresh_until; rsa_alg is what RSA keys sign that do not say so. fault is why the last look failed, left_out the keys that
-- could not be taken.
CREATE TABLE key_address (
    workspace_id uuid PRIMARY KEY REFERENCES workspace,
    url          text NOT NULL,
    rsa_alg      text NOT NULL CHECK (rsa_alg IN ('RS256', 'PS256')),
    issuer       text,
    named_at     timestamptz NOT NULL,
    looked_at    timestamptz,
    fresh_until  timestamptz,
    good_until   timestamptz,
    fault        text,
    left_out     jsonb NOT NULL DEFAULT '[]'
);

-- Where people may sign in by OpenID Connect. The client's secret is sealed with the installation's key; discovery is what the
-- provider last said of itself, its keys included. fault is why the last sign-in or look failed there.
CREATE TABLE sign_in_provider (
    workspace_id  uuid NOT NULL REFERENCES workspace,
    id            uuid NOT NULL,
    name          text NOT NULL,
    issuer        text NOT NULL,
    client_id     text NOT NULL,
    client_secret bytea,
    added_at      timestamptz NOT NULL,
    removed_at    timestamptz,
    looked_at     timestamptz NOT NULL,
    discovered_at timestamptz,
    discovery     jsonb,
    last_used_at  timestamptz,
    fault         text,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX sign_in_provider_that_is_on ON sign_in_provider (workspace_id, issuer) WHERE removed_at IS NULL;

CREATE TABLE teammate (
    workspace_id  uuid NOT NULL REFERENCES workspace,
    id            uuid NOT NULL,
    email         text NOT NULL,
    name          text NOT NULL,
    role          text NOT NULL DEFAULT 'agent' CHECK (role IN ('owner', 'agent', 'auditor')),
    password_hash text NOT NULL,
    created_at    timestamptz NOT NULL,
    disabled_at   timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX teammate_who_lives ON teammate (workspace_id, email) WHERE disabled_at IS NULL;

CREATE TABLE teammate_session (
    workspace_id uuid NOT NULL,
    id           uuid NOT NULL,
    teammate_id  uuid NOT NULL,
    secret_hash  bytea NOT NULL,
    started_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, teammate_id) REFERENCES teammate
);

CREATE TABLE api_key (
    workspace_id uuid NOT NULL REFERENCES workspace,
    id           uuid NOT NULL,
    name         text NOT NULL,
    secret_hash  bytea NOT NULL,
    scopes       text[] NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE contact (
    workspace_id uuid NOT NULL REFERENCES workspace,
    id           uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('visitor', 'lead', 'user')),
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX contact_by_age ON contact (workspace_id, created_at, id);

-- One subject at one provider. name, email and attributes are what the newest proof said, and nothing that anybody typed.
-- Proofs made until not_before are used up. One that is retired nobody can prove any more: its subject's next proof makes
-- another identity.
CREATE TABLE contact_identity (
    workspace_id   uuid NOT NULL,
    id             uuid NOT NULL,
    provider       text NOT NULL,
    subject        text NOT NULL,
    contact_id     uuid NOT NULL,
    name           text,
    email          text,
    email_verified boolean NOT NULL DEFAULT false,
    attributes     jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
    created_at     timestamptz NOT NULL,
    proved_at      timestamptz,
    proved_with    text,
    not_before     timestamptz,
    retired_at     timestamptz,
    erased_at      timestamptz,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contact
);
CREATE UNIQUE INDEX identity_that_is_proved ON contact_identity (workspace_id, provider, subject)
    WHERE retired_at IS NULL AND erased_at IS NULL;
CREATE INDEX identity_by_subject ON contact_identity (workspace_id, provider, subject);
CREATE INDEX identity_by_contact ON contact_identity (workspace_id, contact_id);
CREATE INDEX identity_by_address ON contact_identity (workspace_id, email) WHERE email_verified;

-- A session lives until its hard bound, its silence or its end, whichever is first.
CREATE TABLE session (
    workspace_id  uuid NOT NULL REFERENCES workspace,
    id            uuid NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('browser', 'page')),
    secret_hash   bytea NOT NULL,
    contact_id    uuid NOT NULL,
    identity_id   uuid,
    assurance     text NOT NULL CHECK (assurance IN ('none', 'claimed', 'legacy', 'mailbox', 'signed')),
    proof_digest  bytea,
    offer_sessions uuid[] NOT NULL DEFAULT '{}',
    idle          interval NOT NULL,
    page          text,
    client        text,
    started_at    timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    ended_at      timestamptz,
    end_reason    text CHECK (end_reason IN ('ended', 'rise', 'signed_out', 'token_spent', 'teammate', 'key_revoked',
        'legacy_off', 'retired')),
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contact,
    FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity,
    CHECK ((identity_id IS NOT NULL) = (assurance IN ('legacy', 'mailbox', 'signed'))),
    CHECK ((kind = 'page') = (assurance IN ('legacy', 'signed'))),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX session_by_contact ON session (workspace_id, contact_id, started_at);
CREATE INDEX session_by_age ON session (workspace_id, started_at);
CREATE INDEX session_by_identity ON session (workspace_id, identity_id) WHERE identity_id IS NOT NULL AND ended_at IS NULL;
CREATE INDEX session_by_proof ON session (workspace_id, proof_digest) WHERE proof_digest IS NOT NULL;

-- What somebody said of themselves. Selects, joins and opens nothing for a contact.
CREATE TABLE claim (
    workspace_id uuid NOT NULL,
    id           uuid NOT NULL,
    contact_id   uuid NOT NULL,
    session_id   uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('email', 'name')),
    value        text NOT NULL,
    key          text NOT NULL,
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contact,
    FOREIGN KEY (workspace_id, session_id) REFERENCES session
);
CREATE INDEX claim_by_contact ON claim (workspace_id, contact_id, at);
CREATE INDEX claim_by_key ON claim (workspace_id, kind, key);

-- Proofs that were accepted: which one (a token by the digest of what was signed) opened or renewed which session.
CREATE TABLE proof (
    workspace_id uuid NOT NULL,
    id           uuid NOT NULL,
    session_id   uuid NOT NULL,
    identity_id  uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('token', 'mailbox', 'legacy', 'oidc')),
    key_id       uuid,
    legacy_id    uuid,
    digest       bytea NOT NULL,
    issued_at    timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    accepted_at  timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, session_id) REFERENCES session,
    FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity,
    FOREIGN KEY (workspace_id, key_id) REFERENCES signing_key,
    FOREIGN KEY (workspace_id, legacy_id) REFERENCES legacy_switch
);
CREATE INDEX proof_by_session ON proof (workspace_id, session_id);
CREATE INDEX proof_by_identity ON proof (workspace_id, identity_id, issued_at);

-- Proofs that were not: the class of the fault, never the subject.
CREATE TABLE refused_proof (
    workspace_id uuid NOT NULL REFERENCES workspace,
    id           uuid NOT NULL,
    session_id   uuid,
    reason       text NOT NULL,
    page         text,
    at           timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX refused_proof_by_session ON refused_proof (workspace_id, session_id, at) WHERE session_id IS NOT NULL;

-- How often something was seen on a day (UTC), for the health of a workspace's proofs. about is a reason word, the name of
-- a claim or setting, or seconds; key_id the key that was named, or all zeros. Of no person, and no page.
CREATE TABLE identity_count (
    workspace_id uuid NOT NULL REFERENCES workspace,
    day          date NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('accepted', 'refused', 'skew', 'unsigned', 'secret', 'left')),
    about        text NOT NULL CHECK (length(about) <= 40),
    key_id       uuid NOT NULL,
    count        bigint NOT NULL,
    PRIMARY KEY (workspace_id, day, kind, about, key_id)
);

-- The one living code of a session, mailed to exactly this address. Only what it hashes to is kept.
CREATE TABLE mailbox_code (
    workspace_id uuid NOT NULL,
    session_id   uuid NOT NULL,
    address      text NOT NULL,
    code_hash    bytea NOT NULL,
    sent_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    tries        integer NOT NULL DEFAULT 0,
    used_at      timestamptz,
    PRIMARY KEY (workspace_id, session_id),
    FOREIGN KEY (workspace_id, session_id) REFERENCES session
);

-- The one living sign-in of a session: begun for one provider, and used once. What only the panel knows is kept as hashes.
CREATE TABLE sign_in_start (
    workspace_id   uuid NOT NULL,
    session_id     uuid NOT NULL,
    provider_id    uuid NOT NULL,
    nonce_hash     bytea NOT NULL,
    code_challenge text NOT NULL,
    began_at       timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    PRIMARY KEY (workspace_id, session_id),
    FOREIGN KEY (workspace_id, session_id) REFERENCES session,
    FOREIGN KEY (workspace_id, provider_id) REFERENCES sign_in_provider
);

-- Tokens that a sign-out used up; kept until they would have expired.
CREATE TABLE spent_token (
    workspace_id uuid NOT NULL REFERENCES workspace,
    digest       bytea NOT NULL,
    until        timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, digest)
);

-- Tokens that were taken where each is taken once, by what their jti hashes to; kept until they expire.
CREATE TABLE used_token (
    workspace_id uuid NOT NULL,
    key_id       uuid NOT NULL,
    jti_hash     bytea NOT NULL,
    until        timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, key_id, jti_hash),
    FOREIGN KEY (workspace_id, key_id) REFERENCES signing_key
);
CREATE INDEX used_token_by_end ON used_token (workspace_id, until);

-- Who may read follows from origin_session and owner alone; contact_id only says whose card the team sees it on.
CREATE TABLE conversation (
    workspace_id     uuid NOT NULL REFERENCES workspace,
    id               uuid NOT NULL,
    contact_id       uuid NOT NULL,
    origin_session   uuid,
    owner            uuid,
    started_by       uuid,
    client_id        uuid NOT NULL,
    page             text,
    started_at       timestamptz NOT NULL,
    next_seq         integer NOT NULL DEFAULT 1,
    next_team_seq    integer NOT NULL DEFAULT 1,
    last_at          timestamptz NOT NULL,
    last_id          uuid NOT NULL,
    last_author_kind text NOT NULL CHECK (last_author_kind IN ('contact', 'teammate')),
    last_author_name text,
    last_excerpt     text NOT NULL,
    unread           integer NOT NULL DEFAULT 0,
    contact_read_seq integer NOT NULL DEFAULT 0,
    team_read_seq    integer NOT NULL DEFAULT 0,
    assignee         uuid,
    rating           smallint CHECK (rating BETWEEN 1 AND 5),
    closed_at        timestamptz,
    erased_at        timestamptz,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, origin_session, client_id),
    UNIQUE (workspace_id, started_by, client_id),
    FOREIGN KEY (workspace_id, contact_id) REFERENCES contact,
    FOREIGN KEY (workspace_id, origin_session) REFERENCES session,
    FOREIGN KEY (workspace_id, owner) REFERENCES contact_identity,
    FOREIGN KEY (workspace_id, started_by) REFERENCES teammate,
    FOREIGN KEY (workspace_id, assignee) REFERENCES teammate,
    CHECK (origin_session IS NOT NULL OR owner IS NOT NULL)
);
CREATE INDEX conversation_by_owner ON conversation (workspace_id, owner, id) INCLUDE (origin_session) WHERE owner IS NOT NULL;
CREATE INDEX conversation_by_origin ON conversation (workspace_id, origin_session, id) WHERE owner IS NULL;
CREATE INDEX conversation_by_contact ON conversation (workspace_id, contact_id);
CREATE INDEX conversation_by_age ON conversation (workspace_id, last_at DESC, id DESC);

-- seq counts public messages without gaps; team_seq orders everything that the team sees.
CREATE TABLE message (
    workspace_id    uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq             integer,
    team_seq        integer NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('public', 'note', 'event')),
    author_kind     text NOT NULL CHECK (author_kind IN ('contact', 'teammate', 'system')),
    author_session  uuid,
    author_teammate uuid,
    author_name     text,
    assurance       text NOT NULL CHECK (assurance IN ('none', 'claimed', 'legacy', 'mailbox', 'signed')),
    body            text NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
    client_id       uuid NOT NULL,
    sent_at         timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, conversation_id, seq),
    UNIQUE (workspace_id, conversation_id, team_seq),
    UNIQUE (workspace_id, conversation_id, author_session, client_id),
    UNIQUE (workspace_id, conversation_id, author_teammate, client_id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation,
    CHECK ((kind = 'public') = (seq IS NOT NULL))
);

-- What a lead's session wrote, on offer to the identity that the same browser then proved.
CREATE TABLE offer (
    workspace_id uuid NOT NULL,
    session_id   uuid NOT NULL,
    identity_id  uuid NOT NULL,
    until        timestamptz NOT NULL,
    settled_at   timestamptz,
    outcome      text CHECK (outcome IN ('taken', 'left', 'void')),
    PRIMARY KEY (workspace_id, session_id),
    FOREIGN KEY (workspace_id, session_id) REFERENCES session,
    FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity,
    CHECK ((settled_at IS NULL) = (outcome IS NULL))
);

-- What a browser holds of its leads' chats once they are over. It opens nothing and is no session: the first identity that
-- is proved beside it is asked about them, and nobody after. `identity_id` is that one.
CREATE TABLE ticket (
    workspace_id uuid NOT NULL REFERENCES workspace,
    id           uuid NOT NULL,
    secret_hash  bytea NOT NULL,
    issued_at    timestamptz NOT NULL,
    identity_id  uuid,
    used_at      timestamptz,
    ended_at     timestamptz,
    end_reason   text CHECK (end_reason IN ('renewed', 'ended', 'shared', 'another')),
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity,
    CHECK ((identity_id IS NULL) = (used_at IS NULL)),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);

-- The lead sessions that a ticket stands for: when a conversation was last begun in each, and until when the browser's
-- first proof may still be asked about it.
CREATE TABLE ticket_session (
    workspace_id uuid NOT NULL,
    session_id   uuid NOT NULL,
    ticket_id    uuid NOT NULL,
    written_at   timestamptz NOT NULL,
    until        timestamptz NOT NULL CHECK (until <= written_at + interval '14 days'),
    PRIMARY KEY (workspace_id, session_id),
    FOREIGN KEY (workspace_id, session_id) REFERENCES session,
    FOREIGN KEY (workspace_id, ticket_id) REFERENCES ticket
);
CREATE INDEX ticket_session_by_ticket ON ticket_session (workspace_id, ticket_id);

-- An adoption can be undone while next_seq is still what it was.
CREATE TABLE adoption (
    workspace_id    uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    identity_id     uuid NOT NULL,
    session_id      uuid NOT NULL,
    next_seq        integer NOT NULL,
    at              timestamptz NOT NULL,
    undone_at       timestamptz,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation,
    FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity,
    FOREIGN KEY (workspace_id, session_id) REFERENCES session
);

-- Two identities that are one person, and how that came to be: two rows with one id, to be found from either side.
CREATE TABLE identity_link (
    workspace_id uuid NOT NULL,
    id           uuid NOT NULL,
    identity_id  uuid NOT NULL,
    linked_id    uuid NOT NULL,
    how          text NOT NULL CHECK (how IN ('token', 'person')),
    session_id   uuid NOT NULL,
    at           timestamptz NOT NULL,
    ended_at     timestamptz,
    why          text CHECK (why IN ('person', 'renamed', 'reassigned', 'retired', 'erased')),
    PRIMARY KEY (workspace_id, id, identity_id),
    FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity,
    FOREIGN KEY (workspace_id, linked_id) REFERENCES contact_identity,
    FOREIGN KEY (workspace_id, session_id) REFERENCES session,
    CHECK (identity_id <> linked_id),
    CHECK ((ended_at IS NULL) = (why IS NULL))
);
CREATE UNIQUE INDEX link_that_stands ON identity_link (workspace_id, identity_id, linked_id) WHERE ended_at IS NULL;

-- Whom the team does not want to hear, by session or by identity. The blocked are answered as anybody is.
CREATE TABLE block (
    workspace_id uuid NOT NULL,
    id           uuid NOT NULL,
    session_id   uuid,
    identity_id  uuid,
    at           timestamptz NOT NULL,
    ended_at     timestamptz,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, session_id) REFERENCES session,
    FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity,
    CHECK (num_nonnulls(session_id, identity_id) = 1)
);
CREATE UNIQUE INDEX block_of_session ON block (workspace_id, session_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX block_of_identity ON block (workspace_id, identity_id) WHERE ended_at IS NULL;

CREATE TABLE read_mark (
    workspace_id    uuid NOT NULL,
    conversation_id uuid NOT NULL,
    teammate_id     uuid NOT NULL,
    team_seq        integer NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, teammate_id),
    FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation,
    FOREIGN KEY (workspace_id, teammate_id) REFERENCES teammate
);

-- Append-only. Random ids and reason words: no text, address, name, external id or network address. seal is the number
-- of the seal that holds it. Where it was erased, its ids and counts are gone: personal is the hash that they had, and
-- erased_by the event that recorded the erasure.
CREATE TABLE audit_event (
    workspace_id    uuid NOT NULL,
    id              uuid NOT NULL,
    at              timestamptz NOT NULL,
    kind            text NOT NULL,
    actor           text NOT NULL CHECK (actor IN ('contact', 'teammate', 'key', 'operator', 'system')),
    actor_id        uuid,
    session_id      uuid,
    conversation_id uuid,
    subject_id      uuid,
    reason          text,
    from_seq        integer,
    to_seq          integer,
    count           integer,
    seal            integer,
    personal        bytea,
    erased_by       uuid,
    PRIMARY KEY (workspace_id, id),
    CHECK ((personal IS NULL) = (erased_by IS NULL))
);
CREATE INDEX audit_event_by_age ON audit_event (workspace_id, at, id);
CREATE INDEX audit_event_by_seal ON audit_event (workspace_id, seal);
CREATE INDEX audit_erased ON audit_event (workspace_id, erased_by) WHERE erased_by IS NOT NULL;
CREATE INDEX audit_reading ON audit_event (workspace_id, conversation_id) WHERE kind = 'read';

-- What makes an event's hash tell nothing of the ids in it. Kept apart, so that it can be taken away.
CREATE TABLE audit_salt (
    workspace_id uuid NOT NULL,
    event_id     uuid NOT NULL,
    salt         bytea NOT NULL,
    PRIMARY KEY (workspace_id, event_id)
);

-- A batch of events, vouched for: the root of the tree over their leaves, and the hash of the seal before it, signed.
-- events and leaves are in the order in which they were sealed; where the log was cut they are gone, and the root stays.
CREATE TABLE audit_seal (
    workspace_id uuid NOT NULL,
    number       integer NOT NULL,
    previous     bytea NOT NULL,
    root         bytea NOT NULL,
    count        integer NOT NULL,
    first_event  uuid NOT NULL,
    last_event   uuid NOT NULL,
    sealed_at    timestamptz NOT NULL,
    signature    bytea NOT NULL,
    events       uuid[],
    leaves       bytea[],
    PRIMARY KEY (workspace_id, number),
    CHECK ((events IS NULL) = (leaves IS NULL))
);

-- What an erasure took, signed: the events, and the leaves that they had. event_id is the event that recorded it.
CREATE TABLE audit_erasure (
    workspace_id uuid NOT NULL,
    event_id     uuid NOT NULL,
    events       uuid[] NOT NULL,
    leaves       bytea[] NOT NULL,
    signature    bytea NOT NULL,
    PRIMARY KEY (workspace_id, event_id)
);

CREATE TABLE setup_link (
    id         uuid PRIMARY KEY,
    token_hash bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
