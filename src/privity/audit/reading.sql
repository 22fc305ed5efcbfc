-- page
-- The log, newest first.
SELECT id, at, kind, actor, actor_id, session_id, conversation_id, subject_id, reason, from_seq, to_seq, count, seal,
       erased_by IS NOT NULL AS erased
  FROM audit_event
 WHERE workspace_id = $1 AND ($2::timestamptz IS NULL OR (at, id) < ($2, $3))
 ORDER BY at DESC, id DESC LIMIT $4

-- readings
-- Who read these conversations, as what kind of reader, how often, and when last. What one reader reads within a
-- quarter of an hour is read once, however many pages it is. A person ($3: their session) is not told of lines in a list:
-- which of them stand there depends on other people's conversations.
SELECT conversation_id, actor, max(at) AS last_at,
       count(DISTINCT (actor_id, session_id, date_bin('15 minutes', at, 'epoch')))::integer AS times
  FROM audit_event
 WHERE workspace_id = $1 AND kind = 'read' AND conversation_id = ANY ($2)
   AND ($3::uuid IS NULL OR (session_id IS DISTINCT FROM $3 AND reason IS DISTINCT FROM 'line'))
 GROUP BY conversation_id, actor ORDER BY last_at DESC, conversation_id, actor

-- waits_since
-- When the oldest event happened that no seal holds yet.
SELECT min(at) FROM audit_event WHERE workspace_id = $1 AND seal IS NULL
