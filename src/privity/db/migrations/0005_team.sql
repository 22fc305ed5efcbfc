-- What runs for the team: who is asking, and what it writes. Each function keeps its own predicates, so that either lock
-- alone would hold.

-- A key may start a conversation too.
ALTER TABLE conversation DROP CONSTRAINT conversation_workspace_id_started_by_fkey;

-- Whether the teammate's session still lives, or the key where there is no session. Two hours of silence end a session.
CREATE FUNCTION team_lives(p_workspace uuid, p_reader uuid, p_session uuid, p_now timestamptz)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY INVOKER AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM workspace w WHERE w.id = p_workspace AND w.suspended_at IS NULL) THEN
        RETURN false;
    END IF;
    IF p_session IS NULL THEN
        RETURN EXISTS (SELECT FROM api_key k
                        WHERE k.workspace_id = p_workspace AND k.id = p_reader AND k.revoked_at IS NULL);
    END IF;
    RETURN EXISTS (SELECT FROM teammate_session s
                     JOIN teammate t ON t.workspace_id = s.workspace_id AND t.id = s.teammate_id
                    WHERE s.workspace_id = p_workspace AND s.id = p_session AND s.teammate_id = p_reader
                      AND s.ended_at IS NULL AND s.expires_at > p_now AND s.last_seen_at + interval '2 hours' > p_now
                      AND t.disabled_at IS NULL);
END $$;

-- The living teammate whose session this is. An id of one that is over, that comes with another secret, or that no session
-- has, costs as much, and brings the workspace's name alone. A request that brings the secret is a sign of life, noted once a minute.
CREATE FUNCTION team_session(p_workspace uuid, p_session uuid, p_hash bytea, p_now timestamptz)
RETURNS TABLE (secret_hash bytea, id uuid, name text, email text, role text, workspace_name text)
LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    v_lives boolean;
BEGIN
    PERFORM set_config('privity.workspace', p_workspace::text, true);
    v_lives := team_lives(p_workspace, (SELECT s.teammate_id FROM teammate_session s
                                         WHERE s.workspace_id = p_workspace AND s.id = p_session), p_session, p_now);
    RETURN QUERY
    SELECT s.secret_hash, t.id, t.name, t.email, t.role, w.name
      FROM workspace w
      LEFT JOIN teammate_session s ON s.workspace_id = w.id AND s.id = p_session AND v_lives AND s.secret_hash = p_hash
      LEFT JOIN teammate t ON t.workspace_id = s.workspace_id AND t.id = s.teammate_id
     WHERE w.id = p_workspace;
    UPDATE teammate_session s SET last_seen_at = p_now
     WHERE s.workspace_id = p_workspace AND s.id = p_session AND s.secret_hash = p_hash AND v_lives
       AND s.last_seen_at < p_now - interval '1 minute';
END $$;

-- The living key that this is, and what it reaches. An id that is none's, or no longer, or that comes with another secret,
-- costs as much.
CREATE FUNCTION team_key(p_workspace uuid, p_key uuid, p_hash bytea, p_now timestamptz)
RETURNS TABLE (secret_hash bytea, name text, scopes text[], workspace_name text)
LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    v_lives boolean;
BEGIN
    PERFORM set_config('privity.workspace', p_workspace::text, true);
    v_lives := team_lives(p_workspace, p_key, NULL, p_now);
    RETURN QUERY
    SELECT k.secret_hash, k.name, k.scopes, w.name
      FROM workspace w
      LEFT JOIN api_key k ON k.workspace_id = w.id AND k.id = p_key AND v_lives AND k.secret_hash = p_hash
     WHERE w.id = p_workspace;
    UPDATE api_key k SET last_used_at = p_now
     WHERE k.workspace_id = p_workspace AND k.id = p_key AND k.secret_hash = p_hash AND v_lives
       AND (k.last_used_at IS NULL OR k.last_used_at < p_now - interval '1 minute');
END $$;

-- Stores what the team writes: an answer, a note, or a line about what happened. Only an answer changes what a contact
-- sees. The same client_id of the same author stores nothing twice: repeated, or conflict with other words.
CREATE FUNCTION team_send(p_now timestamptz, p_workspace uuid, p_conversation uuid, p_author_kind text, p_author uuid,
                          p_author_name text, p_kind text, p_id uuid, p_body text, p_client_id uuid)
RETURNS TABLE (status text, id uuid, seq integer, team_seq integer, sent_at timestamptz)
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    -- Every writer takes the conversation's row first, so that the look for an earlier send cannot miss one under way.
    PERFORM FROM conversation c
      WHERE c.workspace_id = p_workspace AND c.id = p_conversation AND c.erased_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        status := 'refused';
        RETURN NEXT;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT CASE WHEN m.body = p_body AND m.kind = p_kind THEN 'repeated' ELSE 'conflict' END,
           m.id, m.seq, m.team_seq, m.sent_at
      FROM message m
     WHERE m.workspace_id = p_workspace AND m.conversation_id = p_conversation AND m.author_teammate = p_author
       AND m.client_id = p_client_id;
    IF FOUND THEN
        RETURN;
    END IF;
    IF p_kind = 'public' THEN
        UPDATE conversation c
           SET next_seq = c.next_seq + 1, next_team_seq = c.next_team_seq + 1, unread = c.unread + 1, last_at = p_now,
               last_id = p_id, last_author_kind = 'teammate', last_author_name = p_author_name,
               last_excerpt = left(p_body, 280)
         WHERE c.workspace_id = p_workspace AND c.id = p_conversation
        RETURNING c.next_seq - 1, c.next_team_seq - 1 INTO seq, team_seq;
    ELSE
        UPDATE conversation c SET next_team_seq = c.next_team_seq + 1
         WHERE c.workspace_id = p_workspace AND c.id = p_conversation
        RETURNING c.next_team_seq - 1 INTO team_seq;
    END IF;
    INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_teammate,
                         author_name, assurance, body, client_id, sent_at)
    VALUES (p_workspace, p_id, p_conversation, seq, team_seq, p_kind, p_author_kind, p_author, p_author_name, 'none',
            p_body, p_client_id, p_now);
    status := 'stored';
    id := p_id;
    sent_at := p_now;
    RETURN NEXT;
END $$;

-- A conversation that the team starts: for an identity, which owns it, or as if a lead's session had started it.
CREATE FUNCTION team_start(p_now timestamptz, p_workspace uuid, p_contact uuid, p_origin uuid, p_owner uuid,
                           p_author uuid, p_author_name text, p_id uuid, p_message uuid, p_body text, p_client_id uuid)
RETURNS TABLE (status text, id uuid) LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    INSERT INTO conversation (workspace_id, id, contact_id, origin_session, owner, started_by, client_id, started_at,
                              next_seq, next_team_seq, last_at, last_id, last_author_kind, last_author_name,
                              last_excerpt, unread)
    VALUES (p_workspace, p_id, p_contact, p_origin, p_owner, p_author, p_client_id, p_now, 2, 2, p_now, p_message,
            'teammate', p_author_name, left(p_body, 280), 1)
    ON CONFLICT (workspace_id, started_by, client_id) DO NOTHING;
    IF FOUND THEN
        INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_teammate,
                             author_name, assurance, body, client_id, sent_at)
        VALUES (p_workspace, p_message, p_id, 1, 1, 'public', 'teammate', p_author, p_author_name, 'none', p_body,
                p_client_id, p_now);
        RETURN QUERY SELECT 'stored', p_id;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT CASE WHEN m.body = p_body AND c.contact_id = p_contact AND c.origin_session IS NOT DISTINCT FROM p_origin
                THEN 'repeated' ELSE 'conflict' END, c.id
      FROM conversation c
      JOIN message m ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id AND m.seq = 1
     WHERE c.workspace_id = p_workspace AND c.started_by = p_author AND c.client_id = p_client_id;
END $$;

-- A teammate has read up to p_team_seq. Answers the public seq that the team has read now, or NULL where it was already.
CREATE FUNCTION team_mark_read(p_now timestamptz, p_workspace uuid, p_conversation uuid, p_teammate uuid,
                               p_team_seq integer)
RETURNS integer LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    marked integer;
BEGIN
    INSERT INTO read_mark AS r (workspace_id, conversation_id, teammate_id, team_seq, at)
    SELECT p_workspace, c.id, p_teammate, least(p_team_seq, c.next_team_seq - 1), p_now
      FROM conversation c WHERE c.workspace_id = p_workspace AND c.id = p_conversation AND c.erased_at IS NULL
    ON CONFLICT (workspace_id, conversation_id, teammate_id)
    DO UPDATE SET team_seq = excluded.team_seq, at = excluded.at WHERE r.team_seq < excluded.team_seq;
    UPDATE conversation c SET team_read_seq = read.seq
      FROM (SELECT m.seq FROM message m
             WHERE m.workspace_id = p_workspace AND m.conversation_id = p_conversation AND m.kind = 'public'
               AND m.team_seq <= p_team_seq
             ORDER BY m.team_seq DESC LIMIT 1) AS read
     WHERE c.workspace_id = p_workspace AND c.id = p_conversation AND c.team_read_seq < read.seq
    RETURNING c.team_read_seq INTO marked;
    RETURN marked;
END $$;

-- How the team sees a contact: by what was proved (a name, else an address, else the subject), and by what it says. The caller's own rights apply.
CREATE VIEW card WITH (security_invoker = true) AS
SELECT k.workspace_id, k.id, k.kind, k.created_at, p.name AS proved_name, n.value AS claimed_name,
       e.value AS claimed_email, e.key AS claimed_key, p.email AS proved_key
  FROM contact k
  LEFT JOIN LATERAL (SELECT coalesce(i.name, CASE WHEN i.email_verified THEN i.email END, i.subject) AS name,
                            CASE WHEN i.email_verified THEN i.email END AS email
                       FROM contact_identity i
                      WHERE i.workspace_id = k.workspace_id AND i.contact_id = k.id AND i.proved_at IS NOT NULL
                        AND i.erased_at IS NULL
                      ORDER BY i.proved_at DESC, i.id LIMIT 1) AS p ON true
  LEFT JOIN LATERAL (SELECT c.value FROM claim c
                      WHERE c.workspace_id = k.workspace_id AND c.contact_id = k.id AND c.kind = 'name'
                      ORDER BY c.at DESC, c.id DESC LIMIT 1) AS n ON true
  LEFT JOIN LATERAL (SELECT c.value, c.key FROM claim c
                      WHERE c.workspace_id = k.workspace_id AND c.contact_id = k.id AND c.kind = 'email'
                      ORDER BY c.at DESC, c.id DESC LIMIT 1) AS e ON true;

-- A session as the gate and the judge look at it, with what stands on offer to it until when.
CREATE VIEW standing WITH (security_invoker = true) AS
SELECT s.workspace_id, s.id, s.kind, s.contact_id, s.identity_id, s.assurance, s.idle, s.started_at, s.last_seen_at,
       s.expires_at, s.ended_at, s.end_reason,
       ARRAY(SELECT o.session_id FROM offer o WHERE o.workspace_id = s.workspace_id AND o.session_id = ANY (s.offer_sessions)
                AND o.identity_id = s.identity_id AND o.settled_at IS NULL ORDER BY o.session_id) AS offered,
       ARRAY(SELECT o.until FROM offer o WHERE o.workspace_id = s.workspace_id AND o.session_id = ANY (s.offer_sessions)
                AND o.identity_id = s.identity_id AND o.settled_at IS NULL ORDER BY o.session_id) AS offered_until,
       ARRAY(SELECT l.linked_id FROM identity_link l WHERE l.workspace_id = s.workspace_id
                AND l.identity_id = s.identity_id AND l.ended_at IS NULL) AS linked
  FROM session s;

-- A conversation as a line of the team's list. The assurance is its owner's, or else the session's that began it, and so
-- is the block.
CREATE VIEW line WITH (security_invoker = true) AS
SELECT c.workspace_id, c.id, c.contact_id, c.origin_session, c.owner, c.page, c.started_at, c.closed_at, c.erased_at,
       c.assignee, c.rating, c.contact_read_seq, c.team_read_seq, c.next_seq - 1 AS last_seq, c.last_at,
       c.last_author_kind, c.last_author_name, c.last_excerpt,
       k.kind AS contact_kind, k.proved_name, k.claimed_name, k.claimed_email, k.claimed_key,
       o.provider AS owner_provider, o.subject AS owner_subject, o.name AS owner_name, o.email AS owner_email,
       o.email_verified AS owner_email_verified, o.proved_at AS owner_proved_at,
       t.name AS assignee_name, t.email AS assignee_email,
       CASE WHEN o.id IS NULL THEN s.assurance
            WHEN o.proved_at IS NULL THEN 'none'
            WHEN o.provider IN ('mailbox', 'legacy') THEN o.provider
            ELSE 'signed' END AS assurance,
       CASE WHEN c.owner IS NULL
            THEN EXISTS (SELECT FROM block b WHERE b.workspace_id = c.workspace_id AND b.session_id = c.origin_session
                            AND b.ended_at IS NULL)
            ELSE EXISTS (SELECT FROM block b WHERE b.workspace_id = c.workspace_id AND b.identity_id = c.owner
                            AND b.ended_at IS NULL) END AS blocked
  FROM conversation c
  JOIN card k ON k.workspace_id = c.workspace_id AND k.id = c.contact_id
  LEFT JOIN contact_identity o ON o.workspace_id = c.workspace_id AND o.id = c.owner
  LEFT JOIN session s ON s.workspace_id = c.workspace_id AND s.id = c.origin_session
  LEFT JOIN teammate t ON t.workspace_id = c.workspace_id AND t.id = c.assignee;

-- How many of the contact's messages a teammate has not seen, or nobody of the team where a key asks; 100 at most.
CREATE FUNCTION team_unread(p_workspace uuid, p_conversation uuid, p_teammate uuid, p_team_read_seq integer)
RETURNS integer LANGUAGE plpgsql STABLE SECURITY INVOKER AS $$
DECLARE
    seen integer := 0;
BEGIN
    IF p_teammate IS NULL THEN
        RETURN (SELECT count(*) FROM (SELECT FROM message m
                 WHERE m.workspace_id = p_workspace AND m.conversation_id = p_conversation
                   AND m.seq > p_team_read_seq AND m.author_kind = 'contact' LIMIT 100) AS news);
    END IF;
    SELECT r.team_seq INTO seen FROM read_mark r
     WHERE r.workspace_id = p_workspace AND r.conversation_id = p_conversation AND r.teammate_id = p_teammate;
    RETURN (SELECT count(*) FROM (SELECT FROM message m
             WHERE m.workspace_id = p_workspace AND m.conversation_id = p_conversation
               AND m.team_seq > coalesce(seen, 0) AND m.author_kind = 'contact' LIMIT 100) AS news);
END $$;

GRANT SELECT ON card, standing, line TO privity_team;
GRANT EXECUTE ON FUNCTION team_lives(uuid, uuid, uuid, timestamptz) TO privity_gate, privity_team;
GRANT EXECUTE ON FUNCTION team_session(uuid, uuid, bytea, timestamptz) TO privity_gate;
GRANT EXECUTE ON FUNCTION team_key(uuid, uuid, bytea, timestamptz) TO privity_gate;
GRANT EXECUTE ON FUNCTION team_send(timestamptz, uuid, uuid, text, uuid, text, text, uuid, text, uuid) TO privity_team;
GRANT EXECUTE ON FUNCTION team_start(timestamptz, uuid, uuid, uuid, uuid, uuid, text, uuid, uuid, text, uuid)
    TO privity_team;
GRANT EXECUTE ON FUNCTION team_mark_read(timestamptz, uuid, uuid, uuid, integer) TO privity_team;
GRANT EXECUTE ON FUNCTION team_unread(uuid, uuid, uuid, integer) TO privity_team;
