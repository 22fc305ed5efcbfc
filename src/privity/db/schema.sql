-- What the migrations make, read from the database by `python -m privity.db.schema --write`. Never run.

CREATE TABLE adoption (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    identity_id uuid NOT NULL,
    session_id uuid NOT NULL,
    next_seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    CONSTRAINT adoption_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT adoption_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation(workspace_id, id),
    CONSTRAINT adoption_workspace_id_identity_id_fkey FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT adoption_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id)
);

CREATE TABLE allowed_site (
    workspace_id uuid NOT NULL,
    origin text NOT NULL,
    CONSTRAINT allowed_site_pkey PRIMARY KEY (workspace_id, origin),
    CONSTRAINT allowed_site_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

CREATE TABLE api_key (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    secret_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_key_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT api_key_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

CREATE TABLE audit_erasure (
    workspace_id uuid NOT NULL,
    event_id uuid NOT NULL,
    events uuid[] NOT NULL,
    leaves bytea[] NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT audit_erasure_pkey PRIMARY KEY (workspace_id, event_id)
);

CREATE TABLE audit_event (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    actor_id uuid,
    session_id uuid,
    conversation_id uuid,
    subject_id uuid,
    reason text,
    from_seq integer,
    to_seq integer,
    count integer,
    seal integer,
    personal bytea,
    erased_by uuid,
    CONSTRAINT audit_event_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT audit_event_actor_check CHECK ((actor = ANY (ARRAY['contact'::text, 'teammate'::text, 'key'::text, 'operator'::text, 'system'::text]))),
    CONSTRAINT audit_event_check CHECK (((personal IS NULL) = (erased_by IS NULL)))
);

CREATE TABLE audit_salt (
    workspace_id uuid NOT NULL,
    event_id uuid NOT NULL,
    salt bytea NOT NULL,
    CONSTRAINT audit_salt_pkey PRIMARY KEY (workspace_id, event_id)
);

CREATE TABLE audit_seal (
    workspace_id uuid NOT NULL,
    number integer NOT NULL,
    previous bytea NOT NULL,
    root bytea NOT NULL,
    count integer NOT NULL,
    first_event uuid NOT NULL,
    last_event uuid NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    signature bytea NOT NULL,
    events uuid[],
    leaves bytea[],
    CONSTRAINT audit_seal_pkey PRIMARY KEY (workspace_id, number),
    CONSTRAINT audit_seal_check CHECK (((events IS NULL) = (leaves IS NULL)))
);

CREATE TABLE block (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid,
    identity_id uuid,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT block_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT block_workspace_id_identity_id_fkey FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT block_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id),
    CONSTRAINT block_check CHECK ((num_nonnulls(session_id, identity_id) = 1))
);

CREATE TABLE claim (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    session_id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    key text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT claim_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT claim_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id),
    CONSTRAINT claim_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id),
    CONSTRAINT claim_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'name'::text])))
);

CREATE TABLE contact (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT contact_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT contact_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT contact_kind_check CHECK ((kind = ANY (ARRAY['visitor'::text, 'lead'::text, 'user'::text])))
);

CREATE TABLE contact_identity (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    provider text NOT NULL,
    subject text NOT NULL,
    contact_id uuid NOT NULL,
    name text,
    email text,
    email_verified boolean NOT NULL DEFAULT false,
    attributes jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL,
    proved_at timestamp with time zone,
    proved_with text,
    not_before timestamp with time zone,
    retired_at timestamp with time zone,
    erased_at timestamp with time zone,
    CONSTRAINT contact_identity_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT contact_identity_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id),
    CONSTRAINT contact_identity_attributes_check CHECK ((jsonb_typeof(attributes) = 'object'::text))
);

CREATE TABLE conversation (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    origin_session uuid,
    owner uuid,
    started_by uuid,
    client_id uuid NOT NULL,
    page text,
    started_at timestamp with time zone NOT NULL,
    next_seq integer NOT NULL DEFAULT 1,
    next_team_seq integer NOT NULL DEFAULT 1,
    last_at timestamp with time zone NOT NULL,
    last_id uuid NOT NULL,
    last_author_kind text NOT NULL,
    last_author_name text,
    last_excerpt text NOT NULL,
    unread integer NOT NULL DEFAULT 0,
    contact_read_seq integer NOT NULL DEFAULT 0,
    team_read_seq integer NOT NULL DEFAULT 0,
    assignee uuid,
    rating smallint,
    closed_at timestamp with time zone,
    erased_at timestamp with time zone,
    CONSTRAINT conversation_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT conversation_workspace_id_origin_session_client_id_key UNIQUE (workspace_id, origin_session, client_id),
    CONSTRAINT conversation_workspace_id_started_by_client_id_key UNIQUE (workspace_id, started_by, client_id),
    CONSTRAINT conversation_workspace_id_assignee_fkey FOREIGN KEY (workspace_id, assignee) REFERENCES teammate(workspace_id, id),
    CONSTRAINT conversation_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id),
    CONSTRAINT conversation_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT conversation_workspace_id_origin_session_fkey FOREIGN KEY (workspace_id, origin_session) REFERENCES session(workspace_id, id),
    CONSTRAINT conversation_workspace_id_owner_fkey FOREIGN KEY (workspace_id, owner) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT conversation_check CHECK (((origin_session IS NOT NULL) OR (owner IS NOT NULL))),
    CONSTRAINT conversation_last_author_kind_check CHECK ((last_author_kind = ANY (ARRAY['contact'::text, 'teammate'::text]))),
    CONSTRAINT conversation_rating_check CHECK (((rating >= 1) AND (rating <= 5)))
);

CREATE TABLE identity_count (
    workspace_id uuid NOT NULL,
    day date NOT NULL,
    kind text NOT NULL,
    about text NOT NULL,
    key_id uuid NOT NULL,
    count bigint NOT NULL,
    CONSTRAINT identity_count_pkey PRIMARY KEY (workspace_id, day, kind, about, key_id),
    CONSTRAINT identity_count_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT identity_count_about_check CHECK ((length(about) <= 40)),
    CONSTRAINT identity_count_kind_check CHECK ((kind = ANY (ARRAY['accepted'::text, 'refused'::text, 'skew'::text, 'unsigned'::text, 'secret'::text, 'left'::text])))
);

CREATE TABLE identity_link (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    identity_id uuid NOT NULL,
    linked_id uuid NOT NULL,
    how text NOT NULL,
    session_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    why text,
    CONSTRAINT identity_link_pkey PRIMARY KEY (workspace_id, id, identity_id),
    CONSTRAINT identity_link_workspace_id_identity_id_fkey FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT identity_link_workspace_id_linked_id_fkey FOREIGN KEY (workspace_id, linked_id) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT identity_link_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id),
    CONSTRAINT identity_link_check CHECK ((identity_id <> linked_id)),
    CONSTRAINT identity_link_check1 CHECK (((ended_at IS NULL) = (why IS NULL))),
    CONSTRAINT identity_link_how_check CHECK ((how = ANY (ARRAY['token'::text, 'person'::text]))),
    CONSTRAINT identity_link_why_check CHECK ((why = ANY (ARRAY['person'::text, 'renamed'::text, 'reassigned'::text, 'retired'::text, 'erased'::text])))
);

CREATE TABLE key_address (
    workspace_id uuid NOT NULL,
    url text NOT NULL,
    rsa_alg text NOT NULL,
    issuer text,
    named_at timestamp with time zone NOT NULL,
    looked_at timestamp with time zone,
    fresh_until timestamp with time zone,
    good_until timestamp with time zone,
    fault text,
    left_out jsonb NOT NULL DEFAULT '[]'::jsonb,
    CONSTRAINT key_address_pkey PRIMARY KEY (workspace_id),
    CONSTRAINT key_address_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT key_address_rsa_alg_check CHECK ((rsa_alg = ANY (ARRAY['RS256'::text, 'PS256'::text])))
);

CREATE TABLE legacy_switch (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    product text NOT NULL,
    secret bytea NOT NULL,
    on_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    off_at timestamp with time zone,
    accepted bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    CONSTRAINT legacy_switch_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT legacy_switch_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT legacy_switch_check CHECK (((until >= on_at) AND (until <= (on_at + '180 days'::interval)))),
    CONSTRAINT legacy_switch_product_check CHECK ((product = ANY (ARRAY['customerly'::text, 'intercom'::text, 'chatwoot'::text, 'helpscout'::text, 'crisp'::text])))
);

CREATE TABLE mailbox_code (
    workspace_id uuid NOT NULL,
    session_id uuid NOT NULL,
    address text NOT NULL,
    code_hash bytea NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    used_at timestamp with time zone,
    CONSTRAINT mailbox_code_pkey PRIMARY KEY (workspace_id, session_id),
    CONSTRAINT mailbox_code_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id)
);

CREATE TABLE message (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq integer,
    team_seq integer NOT NULL,
    kind text NOT NULL,
    author_kind text NOT NULL,
    author_session uuid,
    author_teammate uuid,
    author_name text,
    assurance text NOT NULL,
    body text NOT NULL,
    client_id uuid NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    CONSTRAINT message_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT message_workspace_id_conversation_id_author_session_client__key UNIQUE (workspace_id, conversation_id, author_session, client_id),
    CONSTRAINT message_workspace_id_conversation_id_author_teammate_client_key UNIQUE (workspace_id, conversation_id, author_teammate, client_id),
    CONSTRAINT message_workspace_id_conversation_id_seq_key UNIQUE (workspace_id, conversation_id, seq),
    CONSTRAINT message_workspace_id_conversation_id_team_seq_key UNIQUE (workspace_id, conversation_id, team_seq),
    CONSTRAINT message_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation(workspace_id, id),
    CONSTRAINT message_assurance_check CHECK ((assurance = ANY (ARRAY['none'::text, 'claimed'::text, 'legacy'::text, 'mailbox'::text, 'signed'::text]))),
    CONSTRAINT message_author_kind_check CHECK ((author_kind = ANY (ARRAY['contact'::text, 'teammate'::text, 'system'::text]))),
    CONSTRAINT message_body_check CHECK (((length(body) >= 1) AND (length(body) <= 10000))),
    CONSTRAINT message_check CHECK (((kind = 'public'::text) = (seq IS NOT NULL))),
    CONSTRAINT message_kind_check CHECK ((kind = ANY (ARRAY['public'::text, 'note'::text, 'event'::text])))
);

CREATE TABLE migration (
    name text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT migration_pkey PRIMARY KEY (name)
);

CREATE TABLE offer (
    workspace_id uuid NOT NULL,
    session_id uuid NOT NULL,
    identity_id uuid NOT NULL,
    until timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    outcome text,
    CONSTRAINT offer_pkey PRIMARY KEY (workspace_id, session_id),
    CONSTRAINT offer_workspace_id_identity_id_fkey FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT offer_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id),
    CONSTRAINT offer_check CHECK (((settled_at IS NULL) = (outcome IS NULL))),
    CONSTRAINT offer_outcome_check CHECK ((outcome = ANY (ARRAY['taken'::text, 'left'::text, 'void'::text])))
);

CREATE TABLE proof (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    identity_id uuid NOT NULL,
    kind text NOT NULL,
    key_id uuid,
    legacy_id uuid,
    digest bytea NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    CONSTRAINT proof_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT proof_workspace_id_identity_id_fkey FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT proof_workspace_id_key_id_fkey FOREIGN KEY (workspace_id, key_id) REFERENCES signing_key(workspace_id, id),
    CONSTRAINT proof_workspace_id_legacy_id_fkey FOREIGN KEY (workspace_id, legacy_id) REFERENCES legacy_switch(workspace_id, id),
    CONSTRAINT proof_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id),
    CONSTRAINT proof_kind_check CHECK ((kind = ANY (ARRAY['token'::text, 'mailbox'::text, 'legacy'::text, 'oidc'::text])))
);

CREATE TABLE read_mark (
    workspace_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    teammate_id uuid NOT NULL,
    team_seq integer NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT read_mark_pkey PRIMARY KEY (workspace_id, conversation_id, teammate_id),
    CONSTRAINT read_mark_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversation(workspace_id, id),
    CONSTRAINT read_mark_workspace_id_teammate_id_fkey FOREIGN KEY (workspace_id, teammate_id) REFERENCES teammate(workspace_id, id)
);

CREATE TABLE refused_proof (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid,
    reason text NOT NULL,
    page text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT refused_proof_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT refused_proof_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

CREATE TABLE session (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    secret_hash bytea NOT NULL,
    contact_id uuid NOT NULL,
    identity_id uuid,
    assurance text NOT NULL,
    proof_digest bytea,
    offer_sessions uuid[] NOT NULL DEFAULT '{}'::uuid[],
    idle interval NOT NULL,
    page text,
    client text,
    started_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    end_reason text,
    CONSTRAINT session_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT session_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contact(workspace_id, id),
    CONSTRAINT session_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT session_workspace_id_identity_id_fkey FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT session_assurance_check CHECK ((assurance = ANY (ARRAY['none'::text, 'claimed'::text, 'legacy'::text, 'mailbox'::text, 'signed'::text]))),
    CONSTRAINT session_check CHECK (((identity_id IS NOT NULL) = (assurance = ANY (ARRAY['legacy'::text, 'mailbox'::text, 'signed'::text])))),
    CONSTRAINT session_check1 CHECK (((kind = 'page'::text) = (assurance = ANY (ARRAY['legacy'::text, 'signed'::text])))),
    CONSTRAINT session_check2 CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
    CONSTRAINT session_end_reason_check CHECK ((end_reason = ANY (ARRAY['ended'::text, 'rise'::text, 'signed_out'::text, 'token_spent'::text, 'teammate'::text, 'key_revoked'::text, 'legacy_off'::text, 'retired'::text]))),
    CONSTRAINT session_kind_check CHECK ((kind = ANY (ARRAY['browser'::text, 'page'::text])))
);

CREATE TABLE setup_link (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT setup_link_pkey PRIMARY KEY (id)
);

CREATE TABLE sign_in_provider (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    client_secret bytea,
    added_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    looked_at timestamp with time zone NOT NULL,
    discovered_at timestamp with time zone,
    discovery jsonb,
    last_used_at timestamp with time zone,
    fault text,
    CONSTRAINT sign_in_provider_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT sign_in_provider_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

CREATE TABLE sign_in_start (
    workspace_id uuid NOT NULL,
    session_id uuid NOT NULL,
    provider_id uuid NOT NULL,
    nonce_hash bytea NOT NULL,
    code_challenge text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT sign_in_start_pkey PRIMARY KEY (workspace_id, session_id),
    CONSTRAINT sign_in_start_workspace_id_provider_id_fkey FOREIGN KEY (workspace_id, provider_id) REFERENCES sign_in_provider(workspace_id, id),
    CONSTRAINT sign_in_start_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id)
);

CREATE TABLE signing_key (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    kid text NOT NULL,
    name text,
    issuer text,
    alg text NOT NULL,
    material bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    stops_at timestamp with time zone,
    revoked_at timestamp with time zone,
    listed boolean,
    accepted bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    CONSTRAINT signing_key_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT signing_key_workspace_id_kid_key UNIQUE (workspace_id, kid),
    CONSTRAINT signing_key_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT signing_key_alg_check CHECK ((alg = ANY (ARRAY['HS256'::text, 'HS384'::text, 'HS512'::text, 'RS256'::text, 'PS256'::text, 'ES256'::text, 'EdDSA'::text])))
);

CREATE TABLE spent_token (
    workspace_id uuid NOT NULL,
    digest bytea NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT spent_token_pkey PRIMARY KEY (workspace_id, digest),
    CONSTRAINT spent_token_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id)
);

CREATE TABLE teammate (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL DEFAULT 'agent'::text,
    password_hash text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT teammate_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT teammate_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT teammate_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'agent'::text, 'auditor'::text])))
);

CREATE TABLE teammate_session (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    teammate_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT teammate_session_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT teammate_session_workspace_id_teammate_id_fkey FOREIGN KEY (workspace_id, teammate_id) REFERENCES teammate(workspace_id, id)
);

CREATE TABLE ticket (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    identity_id uuid,
    used_at timestamp with time zone,
    ended_at timestamp with time zone,
    end_reason text,
    CONSTRAINT ticket_pkey PRIMARY KEY (workspace_id, id),
    CONSTRAINT ticket_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id),
    CONSTRAINT ticket_workspace_id_identity_id_fkey FOREIGN KEY (workspace_id, identity_id) REFERENCES contact_identity(workspace_id, id),
    CONSTRAINT ticket_check CHECK (((identity_id IS NULL) = (used_at IS NULL))),
    CONSTRAINT ticket_check1 CHECK (((ended_at IS NULL) = (end_reason IS NULL))),
    CONSTRAINT ticket_end_reason_check CHECK ((end_reason = ANY (ARRAY['renewed'::text, 'ended'::text, 'shared'::text, 'another'::text])))
);

CREATE TABLE ticket_session (
    workspace_id uuid NOT NULL,
    session_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    written_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT ticket_session_pkey PRIMARY KEY (workspace_id, session_id),
    CONSTRAINT ticket_session_workspace_id_session_id_fkey FOREIGN KEY (workspace_id, session_id) REFERENCES session(workspace_id, id),
    CONSTRAINT ticket_session_workspace_id_ticket_id_fkey FOREIGN KEY (workspace_id, ticket_id) REFERENCES ticket(workspace_id, id),
    CONSTRAINT ticket_session_check CHECK ((until <= (written_at + '14 days'::interval)))
);

CREATE TABLE used_token (
    workspace_id uuid NOT NULL,
    key_id uuid NOT NULL,
    jti_hash bytea NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT used_token_pkey PRIMARY KEY (workspace_id, key_id, jti_hash),
    CONSTRAINT used_token_workspace_id_key_id_fkey FOREIGN KEY (workspace_id, key_id) REFERENCES signing_key(workspace_id, id)
);

CREATE TABLE workspace (
    id uuid NOT NULL,
    name text NOT NULL,
    greeting text NOT NULL DEFAULT 'Hello. How can we help?'::text,
    accent text NOT NULL DEFAULT '#2f4b8f'::text,
    sign_in_url text,
    history_from text NOT NULL DEFAULT 'signed'::text,
    least_to_write text NOT NULL DEFAULT 'none'::text,
    codes boolean NOT NULL DEFAULT false,
    adopt text NOT NULL DEFAULT 'ask'::text,
    adoption_days integer NOT NULL DEFAULT 0,
    idle interval NOT NULL DEFAULT '00:30:00'::interval,
    proof_max_age interval NOT NULL DEFAULT '01:00:00'::interval,
    once_only boolean NOT NULL DEFAULT false,
    audit_days integer NOT NULL DEFAULT 365,
    suspended_at timestamp with time zone,
    first_visit_at timestamp with time zone,
    first_visit_page text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT workspace_pkey PRIMARY KEY (id),
    CONSTRAINT workspace_adopt_check CHECK ((adopt = ANY (ARRAY['ask'::text, 'always'::text, 'never'::text]))),
    CONSTRAINT workspace_adoption_days_check CHECK (((adoption_days >= 0) AND (adoption_days <= 14))),
    CONSTRAINT workspace_audit_days_check CHECK (((audit_days >= 31) AND (audit_days <= 3650))),
    CONSTRAINT workspace_history_from_check CHECK ((history_from = ANY (ARRAY['legacy'::text, 'mailbox'::text, 'signed'::text]))),
    CONSTRAINT workspace_idle_check CHECK (((idle >= '00:05:00'::interval) AND (idle <= '24:00:00'::interval))),
    CONSTRAINT workspace_least_to_write_check CHECK ((least_to_write = ANY (ARRAY['none'::text, 'mailbox'::text, 'signed'::text]))),
    CONSTRAINT workspace_proof_max_age_check CHECK (((proof_max_age >= '00:01:00'::interval) AND (proof_max_age <= '01:00:00'::interval)))
);

CREATE INDEX audit_erased ON privity.audit_event USING btree (workspace_id, erased_by) WHERE (erased_by IS NOT NULL);

CREATE INDEX audit_event_by_age ON privity.audit_event USING btree (workspace_id, at, id);

CREATE INDEX audit_event_by_seal ON privity.audit_event USING btree (workspace_id, seal);

CREATE INDEX audit_reading ON privity.audit_event USING btree (workspace_id, conversation_id) WHERE (kind = 'read'::text);

CREATE UNIQUE INDEX block_of_identity ON privity.block USING btree (workspace_id, identity_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX block_of_session ON privity.block USING btree (workspace_id, session_id) WHERE (ended_at IS NULL);

CREATE INDEX claim_by_contact ON privity.claim USING btree (workspace_id, contact_id, at);

CREATE INDEX claim_by_key ON privity.claim USING btree (workspace_id, kind, key);

CREATE INDEX contact_by_age ON privity.contact USING btree (workspace_id, created_at, id);

CREATE INDEX conversation_by_age ON privity.conversation USING btree (workspace_id, last_at DESC, id DESC);

CREATE INDEX conversation_by_contact ON privity.conversation USING btree (workspace_id, contact_id);

CREATE INDEX conversation_by_origin ON privity.conversation USING btree (workspace_id, origin_session, id) WHERE (owner IS NULL);

CREATE INDEX conversation_by_owner ON privity.conversation USING btree (workspace_id, owner, id) INCLUDE (origin_session) WHERE (owner IS NOT NULL);

CREATE INDEX identity_by_address ON privity.contact_identity USING btree (workspace_id, email) WHERE email_verified;

CREATE INDEX identity_by_contact ON privity.contact_identity USING btree (workspace_id, contact_id);

CREATE INDEX identity_by_subject ON privity.contact_identity USING btree (workspace_id, provider, subject);

CREATE UNIQUE INDEX identity_that_is_proved ON privity.contact_identity USING btree (workspace_id, provider, subject) WHERE ((retired_at IS NULL) AND (erased_at IS NULL));

CREATE UNIQUE INDEX legacy_switch_that_is_on ON privity.legacy_switch USING btree (workspace_id, product) WHERE (off_at IS NULL);

CREATE UNIQUE INDEX link_that_stands ON privity.identity_link USING btree (workspace_id, identity_id, linked_id) WHERE (ended_at IS NULL);

CREATE INDEX proof_by_identity ON privity.proof USING btree (workspace_id, identity_id, issued_at);

CREATE INDEX proof_by_session ON privity.proof USING btree (workspace_id, session_id);

CREATE INDEX refused_proof_by_session ON privity.refused_proof USING btree (workspace_id, session_id, at) WHERE (session_id IS NOT NULL);

CREATE INDEX session_by_age ON privity.session USING btree (workspace_id, started_at);

CREATE INDEX session_by_contact ON privity.session USING btree (workspace_id, contact_id, started_at);

CREATE INDEX session_by_identity ON privity.session USING btree (workspace_id, identity_id) WHERE ((identity_id IS NOT NULL) AND (ended_at IS NULL));

CREATE INDEX session_by_proof ON privity.session USING btree (workspace_id, proof_digest) WHERE (proof_digest IS NOT NULL);

CREATE UNIQUE INDEX sign_in_provider_that_is_on ON privity.sign_in_provider USING btree (workspace_id, issuer) WHERE (removed_at IS NULL);

CREATE UNIQUE INDEX teammate_who_lives ON privity.teammate USING btree (workspace_id, email) WHERE (disabled_at IS NULL);

CREATE INDEX ticket_session_by_ticket ON privity.ticket_session USING btree (workspace_id, ticket_id);

CREATE INDEX used_token_by_end ON privity.used_token USING btree (workspace_id, until);

-- VIEW card (workspace_id, id, kind, created_at, proved_name, claimed_name, claimed_email, claimed_key, proved_key)
--     WITH (security_invoker=true)

-- VIEW line (workspace_id, id, contact_id, origin_session, owner, page, started_at, closed_at, erased_at, assignee, rating, contact_read_seq, team_read_seq, last_seq, last_at, last_author_kind, last_author_name, last_excerpt, contact_kind, proved_name, claimed_name, claimed_email, claimed_key, owner_provider, owner_subject, owner_name, owner_email, owner_email_verified, owner_proved_at, assignee_name, assignee_email, assurance, blocked)
--     WITH (security_invoker=true)

-- VIEW standing (workspace_id, id, kind, contact_id, identity_id, assurance, idle, started_at, last_seen_at, expires_at, ended_at, end_reason, offered, offered_until, linked)
--     WITH (security_invoker=true)

-- FUNCTION accounts_of(p_email text)
--     RETURNS TABLE(workspace_id uuid, teammate_id uuid, password_hash text)
--     SECURITY DEFINER SET search_path=privity, pg_temp
GRANT EXECUTE ON FUNCTION accounts_of(text) TO privity_gate;

-- FUNCTION contact_case(p_workspace uuid, p_session uuid, p_identity uuid, p_conversation uuid, p_now timestamp with time zone)
--     RETURNS TABLE(lives boolean, id uuid, origin_session uuid, owner uuid, closed_at timestamp with time zone, last_seq integer)
GRANT EXECUTE ON FUNCTION contact_case(uuid,uuid,uuid,uuid,timestamp with time zone) TO privity_contact;

-- FUNCTION contact_list(p_workspace uuid, p_session uuid, p_identity uuid, p_owned boolean, p_now timestamp with time zone, p_before timestamp with time zone, p_before_id uuid, p_limit integer)
--     RETURNS TABLE(id uuid, started_at timestamp with time zone, closed_at timestamp with time zone, unread integer, last_id uuid, last_seq integer, last_at timestamp with time zone, last_author_kind text, last_author_name text, last_excerpt text)
GRANT EXECUTE ON FUNCTION contact_list(uuid,uuid,uuid,boolean,timestamp with time zone,timestamp with time zone,uuid,integer) TO privity_contact;

-- FUNCTION contact_mark_read(p_now timestamp with time zone, p_workspace uuid, p_session uuid, p_identity uuid, p_conversation uuid, p_seq integer)
--     RETURNS integer
GRANT EXECUTE ON FUNCTION contact_mark_read(timestamp with time zone,uuid,uuid,uuid,uuid,integer) TO privity_contact;

-- FUNCTION contact_page(p_workspace uuid, p_session uuid, p_identity uuid, p_conversation uuid, p_now timestamp with time zone, p_after integer, p_before integer, p_limit integer)
--     RETURNS TABLE(id uuid, seq integer, author_kind text, author_name text, body text, sent_at timestamp with time zone)
GRANT EXECUTE ON FUNCTION contact_page(uuid,uuid,uuid,uuid,timestamp with time zone,integer,integer,integer) TO privity_contact;

-- FUNCTION contact_rate(p_now timestamp with time zone, p_workspace uuid, p_session uuid, p_identity uuid, p_conversation uuid, p_score integer)
--     RETURNS boolean
GRANT EXECUTE ON FUNCTION contact_rate(timestamp with time zone,uuid,uuid,uuid,uuid,integer) TO privity_contact;

-- FUNCTION contact_send(p_now timestamp with time zone, p_workspaces uuid[], p_sessions uuid[], p_identities uuid[], p_conversations uuid[], p_ids uuid[], p_assurances text[], p_names text[], p_bodies text[], p_client_ids uuid[])
--     RETURNS TABLE(n integer, status text, id uuid, seq integer, team_seq integer, reopened boolean, body text, sent_at timestamp with time zone)
GRANT EXECUTE ON FUNCTION contact_send(timestamp with time zone,uuid[],uuid[],uuid[],uuid[],uuid[],text[],text[],text[],uuid[]) TO privity_contact;

-- FUNCTION contact_start(p_now timestamp with time zone, p_workspace uuid, p_session uuid, p_identity uuid, p_contact uuid, p_id uuid, p_message uuid, p_assurance text, p_name text, p_body text, p_client_id uuid, p_page text)
--     RETURNS TABLE(status text, id uuid, message_id uuid, body text, started_at timestamp with time zone)
GRANT EXECUTE ON FUNCTION contact_start(timestamp with time zone,uuid,uuid,uuid,uuid,uuid,uuid,text,text,text,uuid,text) TO privity_contact;

-- FUNCTION gate_session(p_workspace uuid, p_session uuid, p_hash bytea, p_now timestamp with time zone, p_risen boolean)
--     RETURNS TABLE(secret_hash bytea, kind text, contact_id uuid, contact_kind text, identity_id uuid, name text, assurance text, linked uuid[], offered uuid[], idle interval, last_seen_at timestamp with time zone, expires_at timestamp with time zone, ended_at timestamp with time zone, end_reason text, workspace_name text, history_from text, least_to_write text, adopt text, adoption_days integer, codes boolean, workspace_idle interval, proof_max_age interval, legacy_until timestamp with time zone)
GRANT EXECUTE ON FUNCTION gate_session(uuid,uuid,bytea,timestamp with time zone,boolean) TO privity_gate;

-- FUNCTION offered_line(p_workspace uuid, p_session uuid, p_conversation uuid, p_now timestamp with time zone)
--     RETURNS text
--     SECURITY DEFINER SET search_path=privity, pg_temp
GRANT EXECUTE ON FUNCTION offered_line(uuid,uuid,uuid,timestamp with time zone) TO privity_gate;

-- FUNCTION stand_as(p_workspace uuid, p_session uuid, p_identity uuid, p_conversation uuid, p_now timestamp with time zone)
--     RETURNS boolean
GRANT EXECUTE ON FUNCTION stand_as(uuid,uuid,uuid,uuid,timestamp with time zone) TO privity_contact;

-- FUNCTION team_key(p_workspace uuid, p_key uuid, p_hash bytea, p_now timestamp with time zone)
--     RETURNS TABLE(secret_hash bytea, name text, scopes text[], workspace_name text)
GRANT EXECUTE ON FUNCTION team_key(uuid,uuid,bytea,timestamp with time zone) TO privity_gate;

-- FUNCTION team_lives(p_workspace uuid, p_reader uuid, p_session uuid, p_now timestamp with time zone)
--     RETURNS boolean
GRANT EXECUTE ON FUNCTION team_lives(uuid,uuid,uuid,timestamp with time zone) TO privity_gate;
GRANT EXECUTE ON FUNCTION team_lives(uuid,uuid,uuid,timestamp with time zone) TO privity_team;

-- FUNCTION team_mark_read(p_now timestamp with time zone, p_workspace uuid, p_conversation uuid, p_teammate uuid, p_team_seq integer)
--     RETURNS integer
GRANT EXECUTE ON FUNCTION team_mark_read(timestamp with time zone,uuid,uuid,uuid,integer) TO privity_team;

-- FUNCTION team_send(p_now timestamp with time zone, p_workspace uuid, p_conversation uuid, p_author_kind text, p_author uuid, p_author_name text, p_kind text, p_id uuid, p_body text, p_client_id uuid)
--     RETURNS TABLE(status text, id uuid, seq integer, team_seq integer, sent_at timestamp with time zone)
GRANT EXECUTE ON FUNCTION team_send(timestamp with time zone,uuid,uuid,text,uuid,text,text,uuid,text,uuid) TO privity_team;

-- FUNCTION team_session(p_workspace uuid, p_session uuid, p_hash bytea, p_now timestamp with time zone)
--     RETURNS TABLE(secret_hash bytea, id uuid, name text, email text, role text, workspace_name text)
GRANT EXECUTE ON FUNCTION team_session(uuid,uuid,bytea,timestamp with time zone) TO privity_gate;

-- FUNCTION team_start(p_now timestamp with time zone, p_workspace uuid, p_contact uuid, p_origin uuid, p_owner uuid, p_author uuid, p_author_name text, p_id uuid, p_message uuid, p_body text, p_client_id uuid)
--     RETURNS TABLE(status text, id uuid)
GRANT EXECUTE ON FUNCTION team_start(timestamp with time zone,uuid,uuid,uuid,uuid,uuid,text,uuid,uuid,text,uuid) TO privity_team;

-- FUNCTION team_unread(p_workspace uuid, p_conversation uuid, p_teammate uuid, p_team_read_seq integer)
--     RETURNS integer
GRANT EXECUTE ON FUNCTION team_unread(uuid,uuid,uuid,integer) TO privity_team;

-- FUNCTION unsealed()
--     RETURNS TABLE(workspace_id uuid)
--     SECURITY DEFINER SET search_path=privity, pg_temp
GRANT EXECUTE ON FUNCTION unsealed() TO privity_sealer;

-- FUNCTION workspaces()
--     RETURNS TABLE(id uuid, name text, suspended_at timestamp with time zone)
--     SECURITY DEFINER SET search_path=privity, pg_temp
GRANT EXECUTE ON FUNCTION workspaces() TO privity_gate;
GRANT EXECUTE ON FUNCTION workspaces() TO privity_operator;
GRANT EXECUTE ON FUNCTION workspaces() TO privity_sealer;

-- FUNCTION workspaces_on(p_origin text)
--     RETURNS TABLE(workspace_id uuid)
--     SECURITY DEFINER SET search_path=privity, pg_temp
GRANT EXECUTE ON FUNCTION workspaces_on(text) TO privity_gate;

ALTER TABLE adoption ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE allowed_site ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE api_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE audit_erasure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE audit_salt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE block ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE claim ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE contact_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE conversation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE identity_count ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE identity_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE key_address ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE legacy_switch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE mailbox_code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE migration ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE offer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE proof ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE read_mark ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE refused_proof ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE setup_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE sign_in_provider ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE sign_in_start ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE signing_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE spent_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE teammate ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE teammate_session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE ticket ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE ticket_session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE used_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

ALTER TABLE workspace ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY owner ON adoption AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON adoption AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON allowed_site AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON allowed_site AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON api_key AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON api_key AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON audit_erasure AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON audit_erasure AS PERMISSIVE FOR ALL TO privity_auditor, privity_sealer
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY append ON audit_event AS PERMISSIVE FOR INSERT TO privity_audit
    WITH CHECK true;

CREATE POLICY owner ON audit_event AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON audit_event AS PERMISSIVE FOR ALL TO privity_auditor, privity_sealer
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY append ON audit_salt AS PERMISSIVE FOR INSERT TO privity_audit
    WITH CHECK true;

CREATE POLICY owner ON audit_salt AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON audit_salt AS PERMISSIVE FOR ALL TO privity_auditor, privity_sealer
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON audit_seal AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON audit_seal AS PERMISSIVE FOR ALL TO privity_auditor, privity_sealer
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON block AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON block AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON claim AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON claim AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON contact AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON contact AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON contact_identity AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON contact_identity AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY own ON conversation AS PERMISSIVE FOR ALL TO privity_contact
    USING ((workspace_id = (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid) AND (erased_at IS NULL) AND
CASE
    WHEN (owner IS NULL) THEN (origin_session = ( SELECT (NULLIF(current_setting('privity.session'::text, true), ''::text))::uuid AS "nullif"))
    ELSE ((owner = ( SELECT (NULLIF(current_setting('privity.identity'::text, true), ''::text))::uuid AS "nullif")) OR (owner = ANY ((( SELECT NULLIF(current_setting('privity.linked'::text, true), ''::text) AS "nullif"))::uuid[])))
END);

CREATE POLICY owner ON conversation AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY started_here ON conversation AS RESTRICTIVE FOR INSERT TO privity_contact
    WITH CHECK ((origin_session, contact_id) = ( SELECT s.id,
    s.contact_id
   FROM session s
  WHERE ((s.workspace_id = conversation.workspace_id) AND (s.id = (NULLIF(current_setting('privity.session'::text, true), ''::text))::uuid) AND (NOT (s.identity_id IS DISTINCT FROM conversation.owner)))));

CREATE POLICY workspace ON conversation AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON identity_count AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON identity_count AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY own ON identity_link AS PERMISSIVE FOR SELECT TO privity_contact
    USING ((workspace_id = (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid) AND (identity_id = (NULLIF(current_setting('privity.identity'::text, true), ''::text))::uuid));

CREATE POLICY owner ON identity_link AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON identity_link AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON key_address AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON key_address AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON legacy_switch AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON legacy_switch AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON mailbox_code AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON mailbox_code AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY declared ON message AS PERMISSIVE FOR SELECT TO privity_contact
    USING ((kind = 'public'::text) AND ((workspace_id, conversation_id) = ( SELECT c.workspace_id,
    c.id
   FROM conversation c
  WHERE ((c.workspace_id = (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid) AND (c.id = (NULLIF(current_setting('privity.conversation'::text, true), ''::text))::uuid)))));

CREATE POLICY own_words ON message AS PERMISSIVE FOR INSERT TO privity_contact
    WITH CHECK ((kind = 'public'::text) AND (author_kind = 'contact'::text) AND (author_teammate IS NULL) AND (author_session = (NULLIF(current_setting('privity.session'::text, true), ''::text))::uuid) AND ((workspace_id, conversation_id) = ( SELECT c.workspace_id,
    c.id
   FROM conversation c
  WHERE ((c.workspace_id = (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid) AND (c.id = (NULLIF(current_setting('privity.conversation'::text, true), ''::text))::uuid)))));

CREATE POLICY owner ON message AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY teams_words ON message AS RESTRICTIVE FOR INSERT TO privity_team
    WITH CHECK ((author_kind <> 'contact'::text) AND (author_session IS NULL));

CREATE POLICY workspace ON message AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON migration AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY owner ON offer AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON offer AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON proof AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON proof AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON read_mark AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON read_mark AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON refused_proof AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON refused_proof AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY own ON session AS PERMISSIVE FOR SELECT TO privity_contact
    USING ((workspace_id = (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid) AND (id = (NULLIF(current_setting('privity.session'::text, true), ''::text))::uuid));

CREATE POLICY owner ON session AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON session AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON setup_link AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY set_up ON setup_link AS PERMISSIVE FOR ALL TO privity_operator
    USING true;

CREATE POLICY owner ON sign_in_provider AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON sign_in_provider AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON sign_in_start AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON sign_in_start AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON signing_key AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON signing_key AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON spent_token AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON spent_token AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON teammate AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON teammate AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON teammate_session AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON teammate_session AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON ticket AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON ticket AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON ticket_session AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON ticket_session AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY owner ON used_token AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON used_token AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (workspace_id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY kept ON workspace AS PERMISSIVE FOR SELECT TO privity_sealer
    USING (id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

CREATE POLICY own ON workspace AS PERMISSIVE FOR SELECT TO privity_contact
    USING (id = (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid);

CREATE POLICY owner ON workspace AS PERMISSIVE FOR ALL TO privity_owner
    USING true;

CREATE POLICY workspace ON workspace AS PERMISSIVE FOR ALL TO privity_gate, privity_operator, privity_team
    USING (id = ( SELECT (NULLIF(current_setting('privity.workspace'::text, true), ''::text))::uuid AS "nullif"));

GRANT INSERT, SELECT, UPDATE (undone_at) ON adoption TO privity_gate;

GRANT SELECT ON adoption TO privity_team;

GRANT SELECT ON allowed_site TO privity_gate;

GRANT DELETE, INSERT, SELECT, UPDATE ON allowed_site TO privity_operator;

GRANT SELECT ON allowed_site TO privity_team;

GRANT SELECT, UPDATE (last_used_at) ON api_key TO privity_gate;

GRANT INSERT, SELECT, UPDATE ON api_key TO privity_operator;

GRANT SELECT (workspace_id, id, scopes, revoked_at) ON api_key TO privity_team;

GRANT SELECT ON audit_erasure TO privity_auditor;

GRANT DELETE, INSERT, SELECT ON audit_erasure TO privity_sealer;

GRANT INSERT ON audit_event TO privity_audit;

GRANT SELECT ON audit_event TO privity_auditor;

GRANT DELETE, INSERT, SELECT, UPDATE (actor_id, session_id, conversation_id, subject_id, from_seq, to_seq, count, seal, personal, erased_by) ON audit_event TO privity_sealer;

GRANT INSERT ON audit_salt TO privity_audit;

GRANT SELECT ON audit_salt TO privity_auditor;

GRANT DELETE, INSERT, SELECT ON audit_salt TO privity_sealer;

GRANT SELECT ON audit_seal TO privity_auditor;

GRANT INSERT, SELECT, UPDATE (events, leaves) ON audit_seal TO privity_sealer;

GRANT INSERT, SELECT, UPDATE (ended_at) ON block TO privity_gate;

GRANT SELECT ON block TO privity_team;

GRANT SELECT ON card TO privity_team;

GRANT INSERT, SELECT ON claim TO privity_gate;

GRANT SELECT ON claim TO privity_team;

GRANT INSERT, SELECT, UPDATE (kind) ON contact TO privity_gate;

GRANT INSERT, SELECT ON contact TO privity_team;

GRANT INSERT, SELECT, UPDATE (name, email, email_verified, attributes, proved_at, proved_with, not_before, retired_at) ON contact_identity TO privity_gate;

GRANT SELECT (workspace_id, id, provider) ON contact_identity TO privity_operator;

GRANT INSERT, SELECT ON contact_identity TO privity_team;

GRANT INSERT (workspace_id, id, contact_id, origin_session, owner, client_id, page, started_at, next_seq, next_team_seq, last_at, last_id, last_author_kind, last_author_name, last_excerpt), SELECT, UPDATE (next_seq, next_team_seq, last_at, last_id, last_author_kind, last_author_name, last_excerpt, unread, contact_read_seq, rating, closed_at) ON conversation TO privity_contact;

GRANT SELECT (workspace_id, id, contact_id, origin_session, owner, page, started_at, next_seq, erased_at), UPDATE (contact_id, owner) ON conversation TO privity_gate;

GRANT INSERT, SELECT, UPDATE (next_seq, next_team_seq, last_at, last_id, last_author_kind, last_author_name, last_excerpt, unread, team_read_seq, assignee, closed_at) ON conversation TO privity_team;

GRANT INSERT, SELECT, UPDATE (count) ON identity_count TO privity_gate;

GRANT SELECT ON identity_count TO privity_team;

GRANT SELECT (workspace_id, identity_id, linked_id, ended_at) ON identity_link TO privity_contact;

GRANT INSERT, SELECT, UPDATE (ended_at, why) ON identity_link TO privity_gate;

GRANT SELECT ON identity_link TO privity_team;

GRANT SELECT (workspace_id, fresh_until, good_until) ON key_address TO privity_gate;

GRANT DELETE, INSERT, SELECT, UPDATE ON key_address TO privity_operator;

GRANT SELECT, UPDATE (accepted, refused) ON legacy_switch TO privity_gate;

GRANT INSERT, SELECT, UPDATE ON legacy_switch TO privity_operator;

GRANT SELECT (workspace_id, id, product, on_at, until, off_at, accepted, refused) ON legacy_switch TO privity_team;

GRANT SELECT ON line TO privity_team;

GRANT INSERT, SELECT, UPDATE (address, code_hash, sent_at, expires_at, tries, used_at) ON mailbox_code TO privity_gate;

GRANT INSERT (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session, author_name, assurance, body, client_id, sent_at), SELECT ON message TO privity_contact;

GRANT INSERT, SELECT ON message TO privity_team;

GRANT INSERT, SELECT, UPDATE (settled_at, outcome) ON offer TO privity_gate;

GRANT SELECT ON offer TO privity_team;

GRANT INSERT, SELECT ON proof TO privity_gate;

GRANT SELECT (workspace_id, session_id, key_id, legacy_id, digest) ON proof TO privity_operator;

GRANT SELECT ON proof TO privity_team;

GRANT INSERT, SELECT, UPDATE (team_seq, at) ON read_mark TO privity_team;

GRANT INSERT, SELECT, UPDATE (session_id) ON refused_proof TO privity_gate;

GRANT SELECT ON refused_proof TO privity_team;

GRANT SELECT (workspace_id, id, kind, contact_id, identity_id, idle, last_seen_at, expires_at, ended_at) ON session TO privity_contact;

GRANT INSERT, SELECT, UPDATE (assurance, proof_digest, last_seen_at, expires_at, ended_at, end_reason) ON session TO privity_gate;

GRANT SELECT (workspace_id, id, contact_id, identity_id, proof_digest, expires_at, ended_at), UPDATE (expires_at, ended_at, end_reason) ON session TO privity_operator;

GRANT SELECT (workspace_id, id, kind, contact_id, identity_id, assurance, offer_sessions, idle, page, client, started_at, last_seen_at, expires_at, ended_at, end_reason) ON session TO privity_team;

GRANT INSERT, SELECT, UPDATE ON setup_link TO privity_operator;

GRANT SELECT, UPDATE (looked_at, discovered_at, discovery, last_used_at, fault) ON sign_in_provider TO privity_gate;

GRANT INSERT, SELECT, UPDATE ON sign_in_provider TO privity_operator;

GRANT INSERT, SELECT, UPDATE (provider_id, nonce_hash, code_challenge, began_at, expires_at, used_at) ON sign_in_start TO privity_gate;

GRANT SELECT, UPDATE (last_used_at, accepted, refused) ON signing_key TO privity_gate;

GRANT INSERT, SELECT, UPDATE ON signing_key TO privity_operator;

GRANT SELECT (workspace_id, id, kid, name, issuer, alg, created_at, last_used_at, stops_at, revoked_at, accepted, refused) ON signing_key TO privity_team;

GRANT INSERT, SELECT ON spent_token TO privity_gate;

GRANT SELECT ON standing TO privity_team;

GRANT SELECT ON teammate TO privity_gate;

GRANT INSERT, SELECT, UPDATE ON teammate TO privity_operator;

GRANT SELECT (workspace_id, id, email, name, role, disabled_at) ON teammate TO privity_team;

GRANT INSERT, SELECT, UPDATE (last_seen_at, ended_at) ON teammate_session TO privity_gate;

GRANT SELECT (workspace_id, teammate_id, started_at, ended_at), UPDATE (ended_at) ON teammate_session TO privity_operator;

GRANT SELECT (workspace_id, id, teammate_id, last_seen_at, expires_at, ended_at) ON teammate_session TO privity_team;

GRANT INSERT, SELECT, UPDATE (identity_id, used_at, ended_at, end_reason) ON ticket TO privity_gate;

GRANT SELECT (workspace_id, id, identity_id, ended_at) ON ticket TO privity_team;

GRANT INSERT, SELECT, UPDATE (ticket_id, written_at, until) ON ticket_session TO privity_gate;

GRANT SELECT ON ticket_session TO privity_team;

GRANT DELETE, INSERT, SELECT ON used_token TO privity_gate;

GRANT SELECT (id, suspended_at) ON workspace TO privity_contact;

GRANT SELECT, UPDATE (first_visit_at, first_visit_page) ON workspace TO privity_gate;

GRANT INSERT, SELECT, UPDATE ON workspace TO privity_operator;

GRANT SELECT (id, audit_days) ON workspace TO privity_sealer;

GRANT SELECT ON workspace TO privity_team;
