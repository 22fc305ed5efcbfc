-- The second lock: row-level security on every table, forced, default deny. It holds the policy's structure (whose
-- rows, which kind), never its levels; the judge holds those. A variable that is missing is no row.

REVOKE ALL ON SCHEMA privity FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA privity REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA privity TO privity_operator, privity_gate, privity_contact, privity_team, privity_audit,
    privity_sealer, privity_auditor;

-- ── Every table: locked; the owner sees it for migrations; the others see their workspace alone ────────────────
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'privity' LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY owner ON %I TO privity_owner USING (true)', name);
        IF name NOT IN ('workspace', 'setup_link', 'migration') AND NOT starts_with(name, 'audit_') THEN
            EXECUTE format(
                'CREATE POLICY workspace ON %I TO privity_operator, privity_gate, privity_team
                 USING (workspace_id = (SELECT nullif(current_setting(''privity.workspace'', true), '''')::uuid))', name);
        END IF;
    END LOOP;
END $$;
CREATE POLICY workspace ON workspace TO privity_operator, privity_gate, privity_team
    USING (id = (SELECT nullif(current_setting('privity.workspace', true), '')::uuid));
CREATE POLICY set_up ON setup_link TO privity_operator USING (true);

-- ── The operator: set-up and the command line ──────────────────────────────────────────────────────────────────
GRANT SELECT, INSERT, UPDATE ON workspace, allowed_site, signing_key, legacy_switch, teammate, api_key, setup_link TO privity_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON key_address TO privity_operator;
GRANT SELECT, INSERT, UPDATE ON sign_in_provider TO privity_operator;
GRANT SELECT (workspace_id, id, provider) ON contact_identity TO privity_operator;
GRANT DELETE ON allowed_site TO privity_operator;
GRANT SELECT (workspace_id, id, contact_id, identity_id, proof_digest, expires_at, ended_at), UPDATE (expires_at, ended_at, end_reason)
    ON session TO privity_operator;
GRANT SELECT (workspace_id, session_id, key_id, legacy_id, digest) ON proof TO privity_operator;
GRANT SELECT (workspace_id, teammate_id, started_at, ended_at), UPDATE (ended_at) ON teammate_session TO privity_operator;

-- ── The gate: who is asking ────────────────────────────────────────────────────────────────────────────────────
GRANT SELECT ON workspace, allowed_site, signing_key, legacy_switch, teammate, teammate_session, api_key, contact, contact_identity,
    session, claim, proof, refused_proof, spent_token, mailbox_code, offer, ticket, ticket_session, adoption, identity_link,
    block TO privity_gate;
GRANT INSERT ON contact, contact_identity, session, claim, proof, refused_proof, spent_token, mailbox_code, offer, ticket,
    ticket_session, adoption, teammate_session, identity_link, block TO privity_gate;
GRANT SELECT (workspace_id, fresh_until, good_until) ON key_address TO privity_gate;
GRANT SELECT, UPDATE (looked_at, discovered_at, discovery, last_used_at, fault) ON sign_in_provider TO privity_gate;
GRANT SELECT, INSERT, UPDATE (provider_id, nonce_hash, code_challenge, began_at, expires_at, used_at) ON sign_in_start
    TO privity_gate;
GRANT SELECT, INSERT, DELETE ON used_token TO privity_gate;
GRANT SELECT, INSERT, UPDATE (count) ON identity_count TO privity_gate;
GRANT UPDATE (kind) ON contact TO privity_gate;
GRANT UPDATE (name, email, email_verified, attributes, proved_at, proved_with, not_before, retired_at) ON contact_identity
    TO privity_gate;
GRANT UPDATE (last_seen_at, expires_at, proof_digest, ended_at, end_reason, assurance) ON session TO privity_gate;
GRANT UPDATE (session_id) ON refused_proof TO privity_gate;
GRANT UPDATE (settled_at, outcome) ON offer TO privity_gate;
GRANT UPDATE (identity_id, used_at, ended_at, end_reason) ON ticket TO privity_gate;
GRANT UPDATE (ticket_id, written_at, until) ON ticket_session TO privity_gate;
GRANT UPDATE (address, code_hash, sent_at, expires_at, tries, used_at) ON mailbox_code TO privity_gate;
GRANT UPDATE (undone_at) ON adoption TO privity_gate;
GRANT UPDATE (ended_at, why) ON identity_link TO privity_gate;
GRANT UPDATE (ended_at) ON block TO privity_gate;
GRANT UPDATE (last_used_at) ON signing_key, api_key TO privity_gate;
GRANT UPDATE (accepted, refused) ON signing_key, legacy_switch TO privity_gate;
GRANT UPDATE (last_seen_at, ended_at) ON teammate_session TO privity_gate;
GRANT UPDATE (first_visit_at, first_visit_page) ON workspace TO privity_gate;
GRANT SELECT (workspace_id, id, origin_session, owner, contact_id, page, started_at, next_seq, erased_at),
    UPDATE (owner, contact_id) ON conversation TO privity_gate;

-- ── The contact: one session ───────────────────────────────────────────────────────────────────────────────────
-- A setting stands bare where a row is looked up by key, and in a sub-select, read once, where many rows may be tried.
GRANT SELECT (workspace_id, id, kind, contact_id, identity_id, idle, last_seen_at, expires_at, ended_at)
    ON session TO privity_contact;
CREATE POLICY own ON session FOR SELECT TO privity_contact
    USING (workspace_id = nullif(current_setting('privity.workspace', true), '')::uuid
       AND id = nullif(current_setting('privity.session', true), '')::uuid);

GRANT SELECT (id, suspended_at) ON workspace TO privity_contact;
CREATE POLICY own ON workspace FOR SELECT TO privity_contact
    USING (id = nullif(current_setting('privity.workspace', true), '')::uuid);

GRANT SELECT (workspace_id, identity_id, linked_id, ended_at) ON identity_link TO privity_contact;
CREATE POLICY own ON identity_link FOR SELECT TO privity_contact
    USING (workspace_id = nullif(current_setting('privity.workspace', true), '')::uuid
       AND identity_id = nullif(current_setting('privity.identity', true), '')::uuid);

GRANT SELECT,
    INSERT (workspace_id, id, contact_id, origin_session, owner, client_id, page, started_at, next_seq, next_team_seq,
        last_at, last_id, last_author_kind, last_author_name, last_excerpt),
    UPDATE (next_seq, next_team_seq, last_at, last_id, last_author_kind, last_author_name, last_excerpt, unread,
        contact_read_seq, rating, closed_at)
    ON conversation TO privity_contact;
CREATE POLICY own ON conversation FOR ALL TO privity_contact
    USING (workspace_id = nullif(current_setting('privity.workspace', true), '')::uuid
       AND erased_at IS NULL
       AND CASE WHEN owner IS NULL
                THEN origin_session = (SELECT nullif(current_setting('privity.session', true), '')::uuid)
                ELSE owner = (SELECT nullif(current_setting('privity.identity', true), '')::uuid)
                  OR owner = ANY ((SELECT nullif(current_setting('privity.linked', true), ''))::uuid[]) END);
-- What a session starts belongs to the identity that it proved, and to nobody if it proved none; it stands on the card
-- of that session's contact. The session's row says who that is, not the variables.
CREATE POLICY started_here ON conversation AS RESTRICTIVE FOR INSERT TO privity_contact
    WITH CHECK ((origin_session, contact_id) = (
           SELECT s.id, s.contact_id FROM session s
            WHERE s.workspace_id = conversation.workspace_id
              AND s.id = nullif(current_setting('privity.session', true), '')::uuid
              AND s.identity_id IS NOT DISTINCT FROM conversation.owner));

GRANT SELECT,
    INSERT (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session, author_name, assurance,
        body, client_id, sent_at)
    ON message TO privity_contact;
CREATE POLICY declared ON message FOR SELECT TO privity_contact
    USING (kind = 'public'
       AND (workspace_id, conversation_id) = (
           SELECT c.workspace_id, c.id FROM conversation c
            WHERE c.workspace_id = nullif(current_setting('privity.workspace', true), '')::uuid
              AND c.id = nullif(current_setting('privity.conversation', true), '')::uuid));
CREATE POLICY own_words ON message FOR INSERT TO privity_contact
    WITH CHECK (kind = 'public' AND author_kind = 'contact' AND author_teammate IS NULL
       AND author_session = nullif(current_setting('privity.session', true), '')::uuid
       AND (workspace_id, conversation_id) = (
           SELECT c.workspace_id, c.id FROM conversation c
            WHERE c.workspace_id = nullif(current_setting('privity.workspace', true), '')::uuid
              AND c.id = nullif(current_setting('privity.conversation', true), '')::uuid));

-- ── The team: one workspace, no secrets ────────────────────────────────────────────────────────────────────────
GRANT SELECT ON workspace, allowed_site, contact, contact_identity, claim, proof, refused_proof, identity_count,
    conversation, message, read_mark, offer, ticket_session, adoption, identity_link, block TO privity_team;
GRANT SELECT (workspace_id, id, identity_id, ended_at) ON ticket TO privity_team;
GRANT SELECT (workspace_id, id, email, name, role, disabled_at) ON teammate TO privity_team;
GRANT SELECT (workspace_id, id, kid, name, issuer, alg, created_at, last_used_at, stops_at, revoked_at, accepted, refused)
    ON signing_key TO privity_team;
GRANT SELECT (workspace_id, id, product, on_at, until, off_at, accepted, refused) ON legacy_switch TO privity_team;
GRANT SELECT (workspace_id, id, kind, contact_id, identity_id, assurance, offer_sessions, idle, page, client, started_at,
    last_seen_at, expires_at, ended_at, end_reason) ON session TO privity_team;
GRANT SELECT (workspace_id, id, teammate_id, last_seen_at, expires_at, ended_at) ON teammate_session TO privity_team;
GRANT SELECT (workspace_id, id, scopes, revoked_at) ON api_key TO privity_team;
GRANT INSERT ON contact, contact_identity, conversation, message, read_mark TO privity_team;
GRANT UPDATE (next_seq, next_team_seq, last_at, last_id, last_author_kind, last_author_name, last_excerpt, unread,
    team_read_seq, assignee, closed_at) ON conversation TO privity_team;
GRANT UPDATE (team_seq, at) ON read_mark TO privity_team;
-- Nobody of the team puts words into a contact's mouth.
CREATE POLICY teams_words ON message AS RESTRICTIVE FOR INSERT TO privity_team
    WITH CHECK (author_kind <> 'contact' AND author_session IS NULL);

-- ── The audit log: append; seal, cut and erase; read ───────────────────────────────────────────────────────────
GRANT INSERT ON audit_event, audit_salt TO privity_audit;
CREATE POLICY append ON audit_event FOR INSERT TO privity_audit WITH CHECK (true);
CREATE POLICY append ON audit_salt FOR INSERT TO privity_audit WITH CHECK (true);

GRANT SELECT, INSERT, DELETE ON audit_event, audit_salt, audit_erasure TO privity_sealer;
GRANT SELECT, INSERT ON audit_seal TO privity_sealer;
GRANT UPDATE (actor_id, session_id, conversation_id, subject_id, from_seq, to_seq, count, seal, personal, erased_by)
    ON audit_event TO privity_sealer;
GRANT UPDATE (events, leaves) ON audit_seal TO privity_sealer;
GRANT SELECT (id, audit_days) ON workspace TO privity_sealer;
GRANT SELECT ON audit_event, audit_salt, audit_seal, audit_erasure TO privity_auditor;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['audit_event', 'audit_salt', 'audit_seal', 'audit_erasure'] LOOP
        EXECUTE format(
            'CREATE POLICY workspace ON %I TO privity_sealer, privity_auditor
             USING (workspace_id = (SELECT nullif(current_setting(''privity.workspace'', true), '''')::uuid))', name);
    END LOOP;
END $$;
CREATE POLICY kept ON workspace FOR SELECT TO privity_sealer
    USING (id = (SELECT nullif(current_setting('privity.workspace', true), '')::uuid));

-- ── Doors that look across workspaces, each for one question ───────────────────────────────────────────────────
CREATE FUNCTION accounts_of(p_email text)
RETURNS TABLE (workspace_id uuid, teammate_id uuid, password_hash text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = privity, pg_temp AS $$
BEGIN
    -- Who may sign in with this address: asked before the workspace is known.
    RETURN QUERY SELECT t.workspace_id, t.id, t.password_hash FROM teammate t
                  JOIN workspace w ON w.id = t.workspace_id
                 WHERE t.email = p_email AND t.disabled_at IS NULL AND w.suspended_at IS NULL
                 ORDER BY t.created_at LIMIT 1;
END $$;
GRANT EXECUTE ON FUNCTION accounts_of(text) TO privity_gate;

CREATE FUNCTION workspaces()
RETURNS TABLE (id uuid, name text, suspended_at timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = privity, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT w.id, w.name, w.suspended_at FROM workspace w ORDER BY w.created_at;
END $$;
GRANT EXECUTE ON FUNCTION workspaces() TO privity_operator, privity_gate, privity_sealer;

CREATE FUNCTION workspaces_on(p_origin text)
RETURNS TABLE (workspace_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = privity, pg_temp AS $$
BEGIN
    -- Whose chat a site may show: asked when a page loads the loader, which names no workspace.
    RETURN QUERY SELECT s.workspace_id FROM allowed_site s WHERE s.origin = p_origin;
END $$;
GRANT EXECUTE ON FUNCTION workspaces_on(text) TO privity_gate;

CREATE FUNCTION unsealed()
RETURNS TABLE (workspace_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = privity, pg_temp AS $$
BEGIN
    -- Whose events wait for a seal: the sealer works through all workspaces, one after the other.
    RETURN QUERY SELECT DISTINCT e.workspace_id FROM audit_event e WHERE e.seal IS NULL;
END $$;
GRANT EXECUTE ON FUNCTION unsealed() TO privity_sealer;
