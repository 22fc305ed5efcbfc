-- turn_on
-- A product's hashes prove somebody from now on, until a date; its secret is sealed.
INSERT INTO legacy_switch (workspace_id, id, product, secret, on_at, until) VALUES ($1, $2, $3, $4, $5, $6)

-- on
-- The switch of a product that nobody turned off; its date may be over.
SELECT id, on_at FROM legacy_switch WHERE workspace_id = $1 AND product = $2 AND off_at IS NULL FOR UPDATE

-- move
-- The switch ends at another date.
UPDATE legacy_switch SET until = $3 WHERE workspace_id = $1 AND id = $2

-- turn_off
-- A product's hashes prove nobody from now on.
UPDATE legacy_switch SET off_at = $3 WHERE workspace_id = $1 AND product = $2 AND off_at IS NULL RETURNING id

-- last_off
-- The switch of a product that was turned off last.
SELECT id FROM legacy_switch WHERE workspace_id = $1 AND product = $2 AND off_at IS NOT NULL ORDER BY off_at DESC, id DESC LIMIT 1

-- switches
-- Every switch that ever was, oldest first; never a secret.
SELECT product, on_at, until, off_at, accepted, refused FROM legacy_switch WHERE workspace_id = $1 ORDER BY on_at, id

-- bound_sessions_of
-- The living sessions that rest on a hash of this switch are over by then.
UPDATE session s SET expires_at = $3
 WHERE s.workspace_id = $1 AND s.ended_at IS NULL AND s.expires_at > $3
   AND EXISTS (SELECT FROM proof p
                WHERE p.workspace_id = s.workspace_id AND p.session_id = s.id AND p.digest = s.proof_digest
                  AND p.legacy_id = $2)

-- end_sessions_of
-- The living sessions that rest on a hash of a product, under a switch of it that is off, are over.
UPDATE session s SET ended_at = $3, end_reason = 'legacy_off'
 WHERE s.workspace_id = $1 AND s.ended_at IS NULL AND s.expires_at > $3
   AND EXISTS (SELECT FROM proof p
                 JOIN legacy_switch l ON l.workspace_id = p.workspace_id AND l.id = p.legacy_id
                WHERE p.workspace_id = s.workspace_id AND p.session_id = s.id AND p.digest = s.proof_digest
                  AND l.product = $2 AND l.off_at IS NOT NULL)
RETURNING s.id, s.contact_id
