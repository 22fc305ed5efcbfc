-- add_key
-- A signing key; what it is made of is sealed.
INSERT INTO signing_key (workspace_id, id, kid, alg, material, created_at, name, issuer)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- keys
-- The signing keys, oldest first.
SELECT kid, name, alg, issuer, created_at, last_used_at, stops_at, revoked_at, listed, accepted, refused
  FROM signing_key
 WHERE workspace_id = $1 ORDER BY created_at, kid

-- materials
-- What every key is made of, and every switch of old hashes, those among them that prove nobody any more; each with the
-- purpose for which it is sealed.
SELECT id, 'signing key' AS purpose, material FROM signing_key WHERE workspace_id = $1
 UNION ALL
SELECT id, 'legacy secret', secret FROM legacy_switch WHERE workspace_id = $1

-- known_keys
-- What every key is made of, those among them that prove nobody any more.
SELECT id, kid, alg, material, listed IS NOT NULL AS is_found, revoked_at IS NOT NULL AS is_revoked
  FROM signing_key WHERE workspace_id = $1

-- key_address
-- Where the site publishes its keys, and how the last look went.
SELECT url, rsa_alg, issuer, looked_at, fresh_until, good_until, fault, left_out
  FROM key_address WHERE workspace_id = $1

-- name_key_address
-- The one address at which the site publishes its keys.
INSERT INTO key_address (workspace_id, url, rsa_alg, issuer, named_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (workspace_id) DO UPDATE SET url = $2, rsa_alg = $3, issuer = $4, named_at = $5

-- forget_key_address
-- The site publishes its keys nowhere.
DELETE FROM key_address WHERE workspace_id = $1 RETURNING url

-- key_address_is
-- Whether this is still the address; it stays so until the transaction ends.
SELECT url FROM key_address WHERE workspace_id = $1 AND url = $2 FOR UPDATE

-- claim_a_look
-- The address, for who looks there next; of several in one moment, for one.
UPDATE key_address SET looked_at = $2 WHERE workspace_id = $1 AND (looked_at IS NULL OR looked_at <= $3)
RETURNING url, rsa_alg, issuer, looked_at, fresh_until, good_until, fault, left_out

-- look_failed
-- The address could not be read, and why.
UPDATE key_address SET fault = $3 WHERE workspace_id = $1 AND url = $2

-- look_succeeded
-- The address was read: what it lists may be taken to be so for a while, and is good for longer.
UPDATE key_address
   SET looked_at = $2, fresh_until = $3, good_until = $4, left_out = $5, fault = NULL WHERE workspace_id = $1

-- list_keys
-- These keys are at the address.
UPDATE signing_key SET listed = true, issuer = $3 WHERE workspace_id = $1 AND id = ANY($2)

-- unlist_keys
-- Every key that was at the address, and is not among these, is there no more.
UPDATE signing_key SET listed = false WHERE workspace_id = $1 AND listed AND id <> ALL($2) RETURNING id

-- unlisted_keys
-- The keys that were found at an address once, and are there no more.
SELECT id FROM signing_key WHERE workspace_id = $1 AND NOT listed

-- stop_key
-- A living signing key proves nobody from an instant on.
UPDATE signing_key SET stops_at = $3
 WHERE workspace_id = $1 AND kid = $2 AND revoked_at IS NULL AND (stops_at IS NULL OR stops_at > $4) RETURNING id

-- bound_sessions_of
-- The living sessions that rest on a token of this key are over by then.
UPDATE session s SET expires_at = $3
 WHERE s.workspace_id = $1 AND s.ended_at IS NULL AND s.expires_at > $3
   AND EXISTS (SELECT FROM proof p
                WHERE p.workspace_id = s.workspace_id AND p.session_id = s.id AND p.digest = s.proof_digest
                  AND p.key_id = $2)
RETURNING s.id

-- revoke_key
-- A signing key proves nobody from now on.
UPDATE signing_key SET revoked_at = $3 WHERE workspace_id = $1 AND kid = $2 AND revoked_at IS NULL RETURNING id

-- revoked_key
-- A signing key that was revoked before.
SELECT id FROM signing_key WHERE workspace_id = $1 AND kid = $2 AND revoked_at IS NOT NULL

-- end_sessions_of
-- The living sessions that rest on a token of these keys are over.
UPDATE session s SET ended_at = $3, end_reason = 'key_revoked'
 WHERE s.workspace_id = $1 AND s.ended_at IS NULL AND s.expires_at > $3
   AND EXISTS (SELECT FROM proof p
                WHERE p.workspace_id = s.workspace_id AND p.session_id = s.id AND p.digest = s.proof_digest
                  AND p.key_id = ANY ($2::uuid[]))
RETURNING s.id, s.contact_id
