-- case
-- What the judge asks of a conversation for the team, and whether who asks still lives. Always one row.
SELECT team_lives($1, $3, $4, $5) AS lives, c.id, c.origin_session, c.owner, c.contact_id,
       c.erased_at IS NOT NULL AS erased
  FROM (SELECT) AS always
  LEFT JOIN conversation c ON c.workspace_id = $1 AND c.id = $2

-- send
-- What a teammate writes, or what is told of what they did.
SELECT status, id, seq, team_seq, sent_at FROM team_send($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- start
-- A conversation that the team starts, with its first message.
SELECT status, id FROM team_start($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- set_closed
-- Closed since then, or open (NULL), where that is news.
UPDATE conversation SET closed_at = $3
 WHERE workspace_id = $1 AND id = $2 AND (closed_at IS NULL) <> ($3::timestamptz IS NULL) RETURNING id

-- assign
-- Somebody else, or nobody, looks after it.
UPDATE conversation SET assignee = $3
 WHERE workspace_id = $1 AND id = $2 AND assignee IS DISTINCT FROM $3 RETURNING id

-- mark_read
-- A teammate has read up to a number; how far the team has read what the contact sees, where that moved.
SELECT team_mark_read($1, $2, $3, $4, $5) AS seq
