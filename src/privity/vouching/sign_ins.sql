-- add_provider
-- People may sign in there; one provider is on for an issuer.
INSERT INTO sign_in_provider (workspace_id, id, name, issuer, client_id, client_secret, added_at, looked_at,
                              discovered_at, discovery)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8)
    ON CONFLICT (workspace_id, issuer) WHERE removed_at IS NULL DO NOTHING RETURNING true

-- remove_provider
-- Nobody signs in there any more.
UPDATE sign_in_provider SET removed_at = $3, client_secret = NULL
 WHERE workspace_id = $1 AND id = $2 AND removed_at IS NULL RETURNING issuer

-- removed_provider
-- One that was removed, while nobody signs in at another of its issuer.
SELECT issuer FROM sign_in_provider p
 WHERE workspace_id = $1 AND id = $2 AND removed_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM sign_in_provider o
                    WHERE o.workspace_id = $1 AND o.issuer = p.issuer AND o.removed_at IS NULL)

-- end_sessions_by
-- The living sessions of identities that this provider proved are over.
UPDATE session s SET ended_at = $3, end_reason = 'key_revoked'
 WHERE s.workspace_id = $1 AND s.ended_at IS NULL AND s.expires_at > $3
   AND EXISTS (SELECT FROM contact_identity i
                WHERE i.workspace_id = $1 AND i.id = s.identity_id AND i.provider = $2)
RETURNING s.id, s.contact_id

-- provider_lines
-- The providers that are on, never their secrets.
SELECT id, name, issuer, client_id, added_at, last_used_at, fault FROM sign_in_provider
 WHERE workspace_id = $1 AND removed_at IS NULL ORDER BY added_at, id

-- provider
-- One that is on, with what it last said of itself.
SELECT name, issuer, client_id, client_secret, discovered_at, discovery FROM sign_in_provider
 WHERE workspace_id = $1 AND id = $2 AND removed_at IS NULL

-- claim_a_look
-- Its issuer, for who looks there next; of several in one moment, for one.
UPDATE sign_in_provider SET looked_at = $3
 WHERE workspace_id = $1 AND id = $2 AND removed_at IS NULL AND looked_at <= $4 RETURNING issuer

-- discovered
-- What it says of itself now.
UPDATE sign_in_provider SET discovered_at = $3, discovery = $4, fault = NULL WHERE workspace_id = $1 AND id = $2

-- provider_fault
-- Why nobody can sign in there, or that somebody just did.
UPDATE sign_in_provider SET fault = $3, last_used_at = CASE WHEN $3::text IS NULL THEN $4 ELSE last_used_at END
 WHERE workspace_id = $1 AND id = $2
