-- page
-- A page of one conversation's public messages, oldest first.
SELECT id, seq, author_kind, author_name, body, sent_at FROM contact_page($1, $2, $3, $4, $5, $6, $7, $8)

-- list
-- The session's conversations, the newest word first.
SELECT id, started_at, closed_at, unread, last_id, last_seq, last_at, last_author_kind, last_author_name, last_excerpt
  FROM contact_list($1, $2, $3, $4, $5, $6, $7, $8)

-- offered_line
-- The beginning of what was said first, for whom it is on offer to.
SELECT offered_line($1, $2, $3, $4) AS line
