-- session
-- The living teammate whose session this is.
SELECT * FROM team_session($1, $2, $3, $4)

-- key
-- The living key that this is.
SELECT * FROM team_key($1, $2, $3, $4)

-- account
-- Who may sign in with this address.
SELECT * FROM accounts_of($1)

-- open_session
-- A teammate signed in.
INSERT INTO teammate_session (workspace_id, id, teammate_id, secret_hash, started_at, last_seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $5, $6)

-- end_session
-- A teammate signed out.
UPDATE teammate_session SET ended_at = $3 WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL

-- teammates
-- The living accounts of a workspace, by name.
SELECT id, name, email FROM teammate WHERE workspace_id = $1 AND disabled_at IS NULL ORDER BY name, id

-- teammate
-- One living account.
SELECT id, name, email FROM teammate WHERE workspace_id = $1 AND id = $2 AND disabled_at IS NULL

-- add_teammate
-- A new account.
INSERT INTO teammate (workspace_id, id, email, name, role, password_hash, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- disable_teammate
-- An account opens nothing from now on.
UPDATE teammate SET disabled_at = $3 WHERE workspace_id = $1 AND email = $2 AND disabled_at IS NULL RETURNING id

-- add_key
-- A new key.
INSERT INTO api_key (workspace_id, id, name, secret_hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6)

-- revoke_keys
-- The keys of a name open nothing from now on.
UPDATE api_key SET revoked_at = $3 WHERE workspace_id = $1 AND name = $2 AND revoked_at IS NULL RETURNING id
