-- at_hand
-- The ticket that a browser brought and this session's own, locked.
SELECT id, secret_hash, identity_id, ended_at, id IS NOT DISTINCT FROM (
       SELECT ticket_id FROM ticket_session WHERE workspace_id = $1 AND session_id = $3) AS own
  FROM ticket
 WHERE workspace_id = $1
   AND (id = $2 OR id = (SELECT ticket_id FROM ticket_session WHERE workspace_id = $1 AND session_id = $3))
 ORDER BY id FOR UPDATE

-- add
-- A ticket is issued; of its secret only the hash is kept.
INSERT INTO ticket (workspace_id, id, secret_hash, issued_at) VALUES ($1, $2, $3, $4)

-- take_over
-- What the tickets before it stood for.
UPDATE ticket_session SET ticket_id = $3 WHERE workspace_id = $1 AND ticket_id = ANY ($2::uuid[])

-- stand_for
-- A lead wrote: what its session holds may be asked about until then.
INSERT INTO ticket_session (workspace_id, session_id, ticket_id, written_at, until) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (workspace_id, session_id) DO UPDATE SET ticket_id = $3, written_at = $4, until = $5

-- end
-- These tickets are worth nothing any more.
UPDATE ticket SET ended_at = $3, end_reason = $4
 WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND ended_at IS NULL RETURNING id

-- use
-- The first identity that was proved beside it.
UPDATE ticket SET identity_id = $3, used_at = $4 WHERE workspace_id = $1 AND id = $2

-- sessions
-- All that a ticket stands for.
SELECT session_id FROM ticket_session WHERE workspace_id = $1 AND ticket_id = ANY ($2::uuid[])

-- kept
-- Of those the ones that are over by themselves, where nobody ended them, and that were not written in too long ago: for
-- what the workspace promised then, and for what it allows now.
SELECT t.session_id FROM ticket_session t
  JOIN session s ON s.workspace_id = t.workspace_id AND s.id = t.session_id
 WHERE t.workspace_id = $1 AND t.ticket_id = $2 AND t.until > $3 AND t.written_at > $4
   AND s.identity_id IS NULL AND s.ended_at IS NULL AND (s.expires_at <= $3 OR s.last_seen_at + s.idle <= $3)
