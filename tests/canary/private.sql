-- adas
-- The identities that are Ada's, by the subjects under which she is known, and those that were ever linked to them.
WITH RECURSIVE adas AS (
    SELECT workspace_id, id FROM contact_identity WHERE subject = ANY($1)
     UNION SELECT l.workspace_id, CASE a.id WHEN l.identity_id THEN l.linked_id ELSE l.identity_id END
             FROM adas a JOIN identity_link l ON l.workspace_id = a.workspace_id AND a.id IN (l.identity_id, l.linked_id))
SELECT i.workspace_id, i.id, i.contact_id, i.name, i.email, i.attributes FROM contact_identity i JOIN adas USING (workspace_id, id)

-- standings
-- Whose these secrets are, where they were ever given out: a contact's (an identity, or the session itself where none was
-- proved) or a teammate's or a program's, with the scopes that it reaches. `until`: how long each is good by the house's
-- clock. `over_since`: when somebody ended it, by the machine's; each row's last change is that end.
SELECT s.workspace_id, s.id, coalesce(s.identity_id, s.id) AS contact, '{}'::text[] AS scopes, s.secret_hash,
       least(s.expires_at, s.last_seen_at + s.idle) AS until,
       least(CASE WHEN s.ended_at IS NOT NULL THEN pg_xact_commit_timestamp(s.xmin) END,
             CASE WHEN i.retired_at IS NOT NULL THEN pg_xact_commit_timestamp(i.xmin) END,
             CASE WHEN w.suspended_at IS NOT NULL THEN pg_xact_commit_timestamp(w.xmin) END) AS over_since
  FROM session s
  JOIN workspace w ON w.id = s.workspace_id
  LEFT JOIN contact_identity i ON i.workspace_id = s.workspace_id AND i.id = s.identity_id
 WHERE s.id = ANY ($1)
 UNION ALL
SELECT s.workspace_id, s.id, NULL, CASE WHEN t.role = 'auditor' THEN '{}' ELSE '{contacts:read,conversations:read}' END::text[],
       s.secret_hash, least(s.expires_at, s.last_seen_at + interval '2 hours'),
       least(CASE WHEN s.ended_at IS NOT NULL THEN pg_xact_commit_timestamp(s.xmin) END,
             CASE WHEN t.disabled_at IS NOT NULL THEN pg_xact_commit_timestamp(t.xmin) END,
             CASE WHEN w.suspended_at IS NOT NULL THEN pg_xact_commit_timestamp(w.xmin) END)
  FROM teammate_session s
  JOIN workspace w ON w.id = s.workspace_id
  JOIN teammate t ON t.workspace_id = s.workspace_id AND t.id = s.teammate_id
 WHERE s.id = ANY ($1)
 UNION ALL
SELECT k.workspace_id, k.id, NULL, k.scopes, k.secret_hash, NULL,
       least(CASE WHEN k.revoked_at IS NOT NULL THEN pg_xact_commit_timestamp(k.xmin) END,
             CASE WHEN w.suspended_at IS NOT NULL THEN pg_xact_commit_timestamp(w.xmin) END)
  FROM api_key k JOIN workspace w ON w.id = k.workspace_id
 WHERE k.id = ANY ($1)

-- said
-- What was said in these identities' conversations. What a lead began before a proof is known to that lead as well.
SELECT c.workspace_id, c.id, m.id AS message, m.body FROM conversation c
  LEFT JOIN session s ON s.workspace_id = c.workspace_id AND s.id = c.origin_session
  JOIN message m ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id
 WHERE c.owner = ANY($1) AND m.kind = 'public' AND (c.origin_session IS NULL OR s.identity_id IS NOT NULL) LIMIT 200

-- notes
-- What each team said among itself.
SELECT workspace_id, id, body FROM message WHERE kind <> 'public' LIMIT 200
