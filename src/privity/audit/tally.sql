-- count
-- A signing key was counted again some more times.
UPDATE signing_key SET accepted = accepted + $3, refused = refused + $4 WHERE workspace_id = $1 AND id = $2

-- count_hashes
-- So was the switch of an old hash.
UPDATE legacy_switch SET accepted = accepted + $3, refused = refused + $4 WHERE workspace_id = $1 AND id = $2

-- count_of_day
-- Something was seen some more times on a day.
INSERT INTO identity_count AS c (workspace_id, day, kind, about, key_id, count) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (workspace_id, day, kind, about, key_id) DO UPDATE SET count = c.count + excluded.count
