-- standing
-- Where a conversation stands for one session, and whether that session lives; no words.
SELECT lives, id, origin_session, owner, closed_at FROM contact_case($1, $2, $3, $4, $5)

-- send
-- Many sends in one call, for a lane.
SELECT n, status, id, seq, team_seq, reopened, body, sent_at
  FROM contact_send($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- start
-- A conversation with its first message.
SELECT status, id, message_id, body, started_at
  FROM contact_start($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)

-- mark_read
-- The contact has seen everything up to a number; how far that is, or nothing.
SELECT contact_mark_read($1, $2, $3, $4, $5, $6) AS seq

-- rate
-- The contact's word on how it went.
SELECT contact_rate($1, $2, $3, $4, $5, $6) AS rated
