-- counts
-- What was counted since a day, with the key that was named, or the product whose old hash it was.
SELECT c.day, c.kind, c.about, coalesce(k.kid, l.product) AS kid, c.count FROM identity_count c
  LEFT JOIN signing_key k ON k.workspace_id = c.workspace_id AND k.id = c.key_id
  LEFT JOIN legacy_switch l ON l.workspace_id = c.workspace_id AND l.id = c.key_id
 WHERE c.workspace_id = $1 AND c.day >= $2 ORDER BY c.day, c.kind, c.about, k.kid

-- keys
-- The keys that are trusted, the newest first.
SELECT kid, name, last_used_at FROM signing_key
 WHERE workspace_id = $1 AND revoked_at IS NULL AND (stops_at IS NULL OR stops_at > $2) ORDER BY created_at DESC, kid

-- sessions
-- Sessions since an instant, and their contacts, by what they proved; of them those that began a conversation, and those
-- whose person owns one. A session that went on as a proved one is that one.
SELECT s.assurance, count(*) AS sessions, count(DISTINCT s.contact_id) AS contacts,
       count(*) FILTER (WHERE w.wrote) AS wrote, count(DISTINCT s.contact_id) FILTER (WHERE w.wrote) AS writers,
       count(*) FILTER (WHERE w.owns) AS own, count(DISTINCT s.contact_id) FILTER (WHERE w.owns) AS owners
  FROM session s
 CROSS JOIN LATERAL (SELECT
       EXISTS (SELECT FROM conversation c
                WHERE c.workspace_id = s.workspace_id AND c.contact_id = s.contact_id AND c.origin_session = s.id) AS wrote,
       EXISTS (SELECT FROM conversation c
                WHERE c.workspace_id = s.workspace_id AND c.owner = s.identity_id) AS owns) AS w
 WHERE s.workspace_id = $1 AND s.started_at >= $2 AND s.end_reason IS DISTINCT FROM 'rise'
 GROUP BY s.assurance

-- people
-- How many contacts these sessions were of, and how many of them proved something.
SELECT count(DISTINCT contact_id) AS contacts,
       count(DISTINCT contact_id) FILTER (WHERE identity_id IS NOT NULL) AS proved
  FROM session
 WHERE workspace_id = $1 AND started_at >= $2 AND end_reason IS DISTINCT FROM 'rise'

-- rules
-- What the workspace asks now.
SELECT history_from, least_to_write FROM workspace WHERE id = $1
