-- own
-- A contact's own conversations, those of whoever is one person with it by a link, and what is on offer to its session:
-- where each began and whose it is, no words.
SELECT c.id, c.origin_session, c.owner, c.erased_at IS NOT NULL OR o.erased_at IS NOT NULL AS erased
  FROM conversation c
  LEFT JOIN contact_identity o ON o.workspace_id = c.workspace_id AND o.id = c.owner
 WHERE c.workspace_id = $1 AND c.id IN (
       SELECT k.id FROM conversation k WHERE k.workspace_id = $1 AND k.contact_id = $2
        UNION ALL
       SELECT p.id FROM contact_identity i
         JOIN conversation p ON p.workspace_id = i.workspace_id AND p.owner = i.id
        WHERE i.workspace_id = $1 AND (i.contact_id = $2 OR i.id = ANY ($4::uuid[]))
        UNION ALL
       SELECT f.id FROM conversation f WHERE f.workspace_id = $1 AND f.origin_session = ANY ($3::uuid[]) AND f.owner IS NULL)
 ORDER BY c.last_at DESC, c.id LIMIT 100

-- one
-- Any conversation of the workspace: where it began and whose it is, no words.
SELECT c.id, c.origin_session, c.owner, c.erased_at IS NOT NULL OR o.erased_at IS NOT NULL AS erased
  FROM conversation c
  LEFT JOIN contact_identity o ON o.workspace_id = c.workspace_id AND o.id = c.owner
 WHERE c.workspace_id = $1 AND c.id = $2

-- proof
-- The newest proof that a session rests on.
SELECT p.kind, coalesce(k.kid, i.proved_with) AS proved_with, p.accepted_at FROM proof p
  JOIN contact_identity i ON i.workspace_id = p.workspace_id AND i.id = p.identity_id
  LEFT JOIN signing_key k ON k.workspace_id = p.workspace_id AND k.id = p.key_id
 WHERE p.workspace_id = $1 AND p.session_id = $2 ORDER BY p.accepted_at DESC LIMIT 1

-- failure
-- The newest token of a contact's sessions that was refused.
SELECT r.session_id, r.reason, r.at FROM refused_proof r
  JOIN session s ON s.workspace_id = r.workspace_id AND s.id = r.session_id
 WHERE r.workspace_id = $1 AND s.contact_id = $2 ORDER BY r.at DESC, r.id DESC LIMIT 1

-- others
-- How many conversations other people have who claim this address or have proved it. Who is linked is no other.
SELECT count(*) FROM conversation c
 WHERE c.workspace_id = $1 AND c.contact_id <> $2 AND c.erased_at IS NULL
   AND (c.owner = ANY ($4::uuid[])) IS NOT TRUE AND c.contact_id IN (
       SELECT m.contact_id FROM claim m WHERE m.workspace_id = $1 AND m.kind = 'email' AND m.key = $3
        UNION ALL
       SELECT i.contact_id FROM contact_identity i
        WHERE i.workspace_id = $1 AND i.email = $3 AND i.email_verified AND i.erased_at IS NULL)

-- rules
-- The ways to the past that a workspace offers.
SELECT codes, adopt FROM workspace WHERE id = $1

-- identities
-- Whom a contact has proved to be, the newest proof last.
SELECT provider, id FROM contact_identity
 WHERE workspace_id = $1 AND contact_id = $2 AND proved_at IS NOT NULL AND erased_at IS NULL ORDER BY proved_at, id

-- links
-- The standing links of a contact's identities, and those of whoever is linked with one: a link reaches no further.
SELECT s.contact_id = $2 AS own, l.identity_id, l.linked_id, o.provider, o.subject, l.how, l.at
  FROM identity_link l
  JOIN contact_identity s ON s.workspace_id = l.workspace_id AND s.id = l.identity_id
  JOIN contact_identity o ON o.workspace_id = l.workspace_id AND o.id = l.linked_id
 WHERE l.workspace_id = $1 AND l.ended_at IS NULL AND l.identity_id IN (
       SELECT i.id FROM contact_identity i WHERE i.workspace_id = $1 AND i.contact_id = $2
        UNION ALL
       SELECT m.linked_id FROM contact_identity i
         JOIN identity_link m ON m.workspace_id = i.workspace_id AND m.identity_id = i.id AND m.ended_at IS NULL
        WHERE i.workspace_id = $1 AND i.contact_id = $2)
 ORDER BY l.at, l.id
