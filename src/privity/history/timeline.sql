-- sessions
-- A contact's sessions, the newest first.
SELECT id, kind, assurance, page, client, started_at, last_seen_at, expires_at, idle, ended_at, end_reason
  FROM session
 WHERE workspace_id = $1 AND contact_id = $2 AND ($3::timestamptz IS NULL OR (started_at, id) < ($3, $4))
 ORDER BY started_at DESC, id DESC LIMIT $5

-- proofs
-- What proved these sessions: a line for each key or provider, however often it renewed one.
SELECT p.session_id, p.kind, coalesce(k.kid, i.proved_with) AS proved_with,
       min(p.accepted_at) AS first_at, max(p.accepted_at) AS at, count(*) AS count
  FROM proof p
  JOIN contact_identity i ON i.workspace_id = p.workspace_id AND i.id = p.identity_id
  LEFT JOIN signing_key k ON k.workspace_id = p.workspace_id AND k.id = p.key_id
 WHERE p.workspace_id = $1 AND p.session_id = ANY($2) GROUP BY p.session_id, p.kind, k.kid, i.proved_with

-- refusals
-- What was refused in these sessions: a line for each reason.
SELECT session_id, reason, min(at) AS first_at, max(at) AS at, count(*) AS count FROM refused_proof
 WHERE workspace_id = $1 AND session_id = ANY($2) GROUP BY session_id, reason
