-- named
-- By what name an identity is known: its provider, and what that calls it.
SELECT provider, subject FROM contact_identity WHERE workspace_id = $1 AND id = $2

-- both
-- Two identities that can still be proved, held against a retirement and a newer token while they are linked.
SELECT id, provider, subject, email FROM contact_identity
 WHERE workspace_id = $1 AND id = ANY ($2::uuid[]) AND retired_at IS NULL AND erased_at IS NULL
 ORDER BY id FOR NO KEY UPDATE

-- count
-- With how many others an identity is linked.
SELECT count(*) FROM identity_link WHERE workspace_id = $1 AND identity_id = $2 AND ended_at IS NULL

-- add
-- Two identities are one person from now on; nothing where they are already.
INSERT INTO identity_link (workspace_id, id, identity_id, linked_id, how, session_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7), ($1, $2, $4, $3, $5, $6, $7)
    ON CONFLICT DO NOTHING RETURNING id

-- standing
-- An identity's links, with the name of the other side.
SELECT l.id, l.how, l.at, o.provider, o.subject, coalesce(o.name, o.email) AS name
  FROM identity_link l
  JOIN contact_identity o ON o.workspace_id = l.workspace_id AND o.id = l.linked_id
 WHERE l.workspace_id = $1 AND l.identity_id = $2 AND l.ended_at IS NULL ORDER BY l.at, l.id

-- end
-- One of an identity's links falls, on both sides.
UPDATE identity_link SET ended_at = $4, why = 'person'
 WHERE workspace_id = $1 AND id = $3 AND ended_at IS NULL
   AND EXISTS (SELECT FROM identity_link m WHERE m.workspace_id = $1 AND m.id = $3 AND m.identity_id = $2)
RETURNING id, identity_id, why

-- end_all
-- Every link of an identity falls.
UPDATE identity_link SET ended_at = $3, why = $4
 WHERE workspace_id = $1 AND (identity_id = $2 OR linked_id = $2) AND ended_at IS NULL RETURNING id, identity_id, why

-- renamed
-- The site's newest token for a user names an address: links with other mailboxes fall.
UPDATE identity_link l SET ended_at = $4, why = 'renamed'
  FROM contact_identity m
 WHERE l.workspace_id = $1 AND l.ended_at IS NULL AND m.workspace_id = $1 AND m.provider = 'mailbox' AND m.subject <> $3
   AND ((l.identity_id = $2 AND l.linked_id = m.id) OR (l.linked_id = $2 AND l.identity_id = m.id))
RETURNING l.id, l.identity_id, l.why

-- reassigned
-- The site's newest token says that an address is this user's: links of that mailbox with its other users fall.
UPDATE identity_link l SET ended_at = $4, why = 'reassigned'
  FROM contact_identity m, contact_identity o
 WHERE l.workspace_id = $1 AND l.ended_at IS NULL
   AND m.workspace_id = $1 AND m.provider = 'mailbox' AND m.subject = $3
   AND o.workspace_id = $1 AND o.provider = 'site' AND o.id <> $2
   AND ((l.identity_id = m.id AND l.linked_id = o.id) OR (l.linked_id = m.id AND l.identity_id = o.id))
RETURNING l.id, l.identity_id, l.why

-- redeemed
-- The mailbox of this name, where this session proved it by a code since an instant and no sign-out used that proof up.
SELECT i.id FROM mailbox_code k
  JOIN contact_identity i ON i.workspace_id = k.workspace_id AND i.provider = 'mailbox' AND i.subject = k.address
 WHERE k.workspace_id = $1 AND k.session_id = $2 AND k.used_at > $3 AND k.address = $4 AND i.retired_at IS NULL AND i.erased_at IS NULL
   AND (i.not_before IS NULL OR i.not_before < k.used_at)

-- owned
-- How many conversations an identity owns.
SELECT count(*) FROM conversation WHERE workspace_id = $1 AND owner = $2 AND erased_at IS NULL
