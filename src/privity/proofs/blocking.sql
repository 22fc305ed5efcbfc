-- block_identity
-- What an identity writes is kept apart from now on; nothing where it is already.
INSERT INTO block (workspace_id, id, identity_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id

-- block_session
-- The same of a session that proved nothing.
INSERT INTO block (workspace_id, id, session_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id

-- unblock
-- A block of a session or an identity is over.
UPDATE block SET ended_at = $3
 WHERE workspace_id = $1 AND (session_id = $2 OR identity_id = $2) AND ended_at IS NULL RETURNING id

-- session
-- Any session of the workspace.
SELECT contact_id, identity_id FROM session WHERE workspace_id = $1 AND id = $2

-- identity
-- Any identity of the workspace.
SELECT contact_id FROM contact_identity WHERE workspace_id = $1 AND id = $2 AND erased_at IS NULL

-- concerned
-- The conversations that a block moves out of the team's way, or that come back.
SELECT id FROM conversation
 WHERE workspace_id = $1 AND erased_at IS NULL AND (owner = $2 OR (owner IS NULL AND origin_session = $2))
 ORDER BY started_at DESC LIMIT 100
