-- count
-- A signing key was counted again some more times.
UPDATE signing_key SET accepted = accepted + $3, refused = refused + $4 WHERE workspace_id = $1 AND id = $2
