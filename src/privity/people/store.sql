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
-- Who answers in a workspace, by name. An auditor reads nothing of what is said.
SELECT id, name, email FROM teammate
 WHERE workspace_id = $1 AND disabled_at IS NULL AND role <> 'auditor' ORDER BY name, id

-- teammate
-- One of those who answer.
SELECT id, name, email FROM teammate
 WHERE workspace_id = $1 AND id = $2 AND disabled_at IS NULL AND role <> 'auditor'

-- add_teammate
-- A new account.
INSERT INTO teammate (workspace_id, id, email, name, role, password_hash, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- accounts
-- Everybody who ever had one, the living first.
SELECT t.name, t.email, t.role, t.created_at, t.disabled_at,
       (SELECT max(s.started_at) FROM teammate_session s WHERE s.workspace_id = $1 AND s.teammate_id = t.id) AS signed_in_at
  FROM teammate t WHERE t.workspace_id = $1 ORDER BY t.disabled_at IS NOT NULL, t.name, t.id

-- new_password
-- Another password for a living account. Whoever is signed in with the old one is out.
WITH changed AS (
    UPDATE teammate SET password_hash = $3 WHERE workspace_id = $1 AND email = $2 AND disabled_at IS NULL RETURNING id
), signed_out AS (
    UPDATE teammate_session s SET ended_at = $4 FROM changed
     WHERE s.workspace_id = $1 AND s.teammate_id = changed.id AND s.ended_at IS NULL
)
SELECT id FROM changed

-- disable_teammate
-- An account opens nothing from now on.
UPDATE teammate SET disabled_at = $3 WHERE workspace_id = $1 AND email = $2 AND disabled_at IS NULL RETURNING id

-- add_key
-- A new key.
INSERT INTO api_key (workspace_id, id, name, secret_hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6)

-- keys
-- Every key that was made, the living first.
SELECT name, scopes, created_at, last_used_at, revoked_at
  FROM api_key WHERE workspace_id = $1 ORDER BY revoked_at IS NOT NULL, name, id

-- revoke_keys
-- The keys of a name open nothing from now on.
UPDATE api_key SET revoked_at = $3 WHERE workspace_id = $1 AND name = $2 AND revoked_at IS NULL RETURNING id
