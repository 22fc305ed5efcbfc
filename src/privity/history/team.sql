-- list
-- The workspace's conversations, the newest word first.
SELECT l.*, team_unread(l.workspace_id, l.id, $2, l.team_read_seq) AS unread FROM line l
 WHERE l.workspace_id = $1 AND l.erased_at IS NULL
   AND ($3::text IS NULL OR CASE WHEN l.blocked THEN 'blocked' WHEN l.closed_at IS NULL THEN 'open' ELSE 'closed' END = $3)
   AND ($4::uuid IS NULL OR l.assignee = $4) AND (NOT $5::boolean OR l.assignee IS NULL)
   AND ($6::uuid IS NULL OR l.contact_id = $6)
   AND ($7::text IS NULL
        OR EXISTS (SELECT FROM message m WHERE m.workspace_id = $1 AND m.conversation_id = l.id AND m.body ILIKE $7)
        OR EXISTS (SELECT FROM claim c WHERE c.workspace_id = $1 AND c.contact_id = l.contact_id AND c.value ILIKE $7)
        OR EXISTS (SELECT FROM contact_identity i WHERE i.workspace_id = $1 AND i.contact_id = l.contact_id
                      AND i.erased_at IS NULL AND (i.name ILIKE $7 OR i.email ILIKE $7 OR i.subject ILIKE $7)))
   AND ($8::timestamptz IS NULL OR (l.last_at, l.id) < ($8, $9))
 ORDER BY l.last_at DESC, l.id DESC LIMIT $10

-- of_contact
-- What stands on one card, the newest word first.
SELECT l.*, team_unread(l.workspace_id, l.id, $2, l.team_read_seq) AS unread FROM line l
 WHERE l.workspace_id = $1 AND l.contact_id = $3 AND l.erased_at IS NULL
 ORDER BY l.last_at DESC, l.id DESC LIMIT $4

-- one
-- One conversation, as a line of the list.
SELECT l.*, team_unread(l.workspace_id, l.id, $2, l.team_read_seq) AS unread FROM line l
 WHERE l.workspace_id = $1 AND l.id = $3 AND l.erased_at IS NULL

-- after
-- The next messages, notes and events, oldest first.
SELECT id, seq, team_seq, kind, author_kind, author_teammate, author_name, assurance, body, sent_at FROM message
 WHERE workspace_id = $1 AND conversation_id = $2 AND team_seq > $3 AND team_seq < $4
 ORDER BY team_seq LIMIT $5

-- before
-- The newest messages, notes and events before a number, newest first.
SELECT id, seq, team_seq, kind, author_kind, author_teammate, author_name, assurance, body, sent_at FROM message
 WHERE workspace_id = $1 AND conversation_id = $2 AND team_seq < $3
 ORDER BY team_seq DESC LIMIT $4

-- message
-- One message, note or event.
SELECT id, seq, team_seq, kind, author_kind, author_teammate, author_name, assurance, body, sent_at FROM message
 WHERE workspace_id = $1 AND conversation_id = $2 AND team_seq = $3

-- history_from
-- How much proof the workspace asks before it opens the past.
SELECT history_from, (SELECT max(until) FROM legacy_switch WHERE workspace_id = $1 AND off_at IS NULL) AS legacy_until
  FROM workspace WHERE id = $1

-- has_ticket
-- Whether what a session wrote may still be asked of the first who proves an identity in its browser.
SELECT EXISTS (
       SELECT FROM ticket_session t
         JOIN ticket k ON k.workspace_id = t.workspace_id AND k.id = t.ticket_id AND k.identity_id IS NULL AND k.ended_at IS NULL
         JOIN session s ON s.workspace_id = t.workspace_id AND s.id = t.session_id AND s.ended_at IS NULL
         JOIN workspace w ON w.id = t.workspace_id AND w.adopt <> 'never'
        WHERE t.workspace_id = $1 AND t.session_id = $2 AND t.until > $3
          AND t.written_at + make_interval(days => w.adoption_days) > $3)
