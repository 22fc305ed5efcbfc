-- count
-- A signing key was counted again some more times.
UPDATE signing_key SET accepted = accepted + $3, refused = refused + $4 WHERE workspace_id = $1 AND id = $2

-- count_hashes
-- So was the switch of an old hash.
UPDATE legacy_switch SET accepted = accepted + $3, refused = refused + $4 WHERE workspace_id = $1 AND id = $2
