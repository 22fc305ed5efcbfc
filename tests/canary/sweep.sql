-- adas
-- The identities that are Ada's, by the subjects under which she is known, and those that were ever linked to them.
WITH RECURSIVE adas AS (
    SELECT workspace_id, id FROM contact_identity WHERE subject = ANY($1)
     UNION SELECT l.workspace_id, CASE a.id WHEN l.identity_id THEN l.linked_id ELSE l.identity_id END
             FROM adas a JOIN identity_link l ON l.workspace_id = a.workspace_id AND a.id IN (l.identity_id, l.linked_id))
SELECT i.workspace_id, i.id, i.contact_id, i.name, i.email, i.attributes FROM contact_identity i JOIN adas USING (workspace_id, id)

-- sessions
-- Every session, and the person in it: an identity, or the session itself.
SELECT id, coalesce(identity_id, id) AS person FROM session

-- words
-- What was said in these identities' conversations. What a lead began before a proof is known to that lead as well.
SELECT c.id, m.id AS message, m.body FROM conversation c
  LEFT JOIN session s ON s.workspace_id = c.workspace_id AND s.id = c.origin_session
  JOIN message m ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id
 WHERE c.owner = ANY($1) AND (c.origin_session IS NULL OR s.identity_id IS NOT NULL) LIMIT 200

-- notes
-- What the team said among itself.
SELECT id, body FROM message WHERE kind <> 'public' LIMIT 200
