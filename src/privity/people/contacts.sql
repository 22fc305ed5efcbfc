-- page
-- Contacts, the newest first.
SELECT k.id, k.kind, k.created_at, k.proved_name, k.claimed_name, k.claimed_email,
       (SELECT max(s.last_seen_at) FROM session s WHERE s.workspace_id = k.workspace_id AND s.contact_id = k.id)
           AS last_seen_at
  FROM card k
 WHERE k.workspace_id = $1 AND ($2::text IS NULL OR k.kind = $2)
   AND ($3::timestamptz IS NULL OR (k.created_at, k.id) < ($3, $4))
 ORDER BY k.created_at DESC, k.id DESC LIMIT $5

-- page_of_address
-- The same of those who claim an address or have proved it.
SELECT k.id, k.kind, k.created_at, k.proved_name, k.claimed_name, k.claimed_email,
       (SELECT max(s.last_seen_at) FROM session s WHERE s.workspace_id = k.workspace_id AND s.contact_id = k.id)
           AS last_seen_at
  FROM card k
 WHERE k.workspace_id = $1 AND ($2::text IS NULL OR k.kind = $2)
   AND ($3::timestamptz IS NULL OR (k.created_at, k.id) < ($3, $4))
   AND k.id IN (SELECT c.contact_id FROM claim c WHERE c.workspace_id = $1 AND c.kind = 'email' AND c.key = $6
                 UNION
                SELECT i.contact_id FROM contact_identity i
                 WHERE i.workspace_id = $1 AND i.email = $6 AND i.email_verified AND i.erased_at IS NULL)
 ORDER BY k.created_at DESC, k.id DESC LIMIT $5

-- contact
-- One card.
SELECT id, kind, created_at, proved_name, claimed_name, claimed_email, claimed_key, proved_key FROM card
 WHERE workspace_id = $1 AND id = $2

-- identities
-- Whom a contact has proved to be, the newest proof first.
SELECT i.id, i.provider, i.subject, i.name, i.email, i.email_verified, i.attributes, i.proved_at, i.proved_with,
       i.retired_at, b.at AS blocked_at
  FROM contact_identity i
  LEFT JOIN block b ON b.workspace_id = i.workspace_id AND b.identity_id = i.id AND b.ended_at IS NULL
 WHERE i.workspace_id = $1 AND i.contact_id = $2 AND i.erased_at IS NULL
 ORDER BY i.retired_at IS NOT NULL, i.proved_at DESC NULLS LAST, i.id

-- links
-- With whom a contact's identities are one person.
SELECT l.identity_id, o.provider, o.subject, l.how, l.at
  FROM contact_identity i
  JOIN identity_link l ON l.workspace_id = i.workspace_id AND l.identity_id = i.id AND l.ended_at IS NULL
  JOIN contact_identity o ON o.workspace_id = l.workspace_id AND o.id = l.linked_id
 WHERE i.workspace_id = $1 AND i.contact_id = $2 ORDER BY l.at, l.id

-- claims
-- What a contact says of itself, the newest first, with the number of users who proved the same address.
SELECT c.kind, c.value, c.at, CASE WHEN c.kind = 'email' THEN
           (SELECT count(*) FROM contact_identity i WHERE i.workspace_id = c.workspace_id AND i.email = c.key
               AND i.email_verified AND i.erased_at IS NULL) ELSE 0 END AS proved_users
  FROM claim c WHERE c.workspace_id = $1 AND c.contact_id = $2 ORDER BY c.at DESC, c.id DESC LIMIT 50

-- proved_users
-- How many users have proved an address.
SELECT count(*) FROM contact_identity
 WHERE workspace_id = $1 AND email = $2 AND email_verified AND erased_at IS NULL

-- sessions
-- A contact's sessions, the newest first.
SELECT s.id, s.kind, s.assurance, s.started_at, s.last_seen_at, s.ended_at, s.end_reason, s.page, s.client,
       b.at AS blocked_at
  FROM session s
  LEFT JOIN block b ON b.workspace_id = s.workspace_id AND b.session_id = s.id AND b.ended_at IS NULL
 WHERE s.workspace_id = $1 AND s.contact_id = $2 ORDER BY s.started_at DESC, s.id LIMIT 50

-- standing
-- One session as the gate looks at it.
SELECT * FROM standing WHERE workspace_id = $1 AND id = $2

-- standings
-- A contact's sessions as the gate looks at them, those that may live before those that ended.
SELECT * FROM standing WHERE workspace_id = $1 AND contact_id = $2
 ORDER BY ended_at IS NOT NULL, started_at DESC, id LIMIT 100

-- standings_around
-- The sessions that a conversation may concern: the one that began it, its owner's and those of who is the same person,
-- and those that it is on offer to.
SELECT * FROM standing WHERE workspace_id = $1 AND ended_at IS NULL AND id IN (
       SELECT $2::uuid
        UNION ALL
       SELECT s.id FROM session s WHERE s.workspace_id = $1 AND s.identity_id = $3 AND s.ended_at IS NULL
        UNION ALL
       SELECT s.id FROM identity_link l
         JOIN session s ON s.workspace_id = l.workspace_id AND s.identity_id = l.linked_id AND s.ended_at IS NULL
        WHERE l.workspace_id = $1 AND l.identity_id = $3 AND l.ended_at IS NULL
        UNION ALL
       SELECT s.id FROM offer o
         JOIN session s ON s.workspace_id = o.workspace_id AND s.identity_id = o.identity_id AND s.ended_at IS NULL
        WHERE o.workspace_id = $1 AND o.session_id = $2 AND o.session_id = ANY (s.offer_sessions))
 ORDER BY last_seen_at DESC, id LIMIT 100
