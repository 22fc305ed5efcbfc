-- rules
-- Every setting of a workspace that the operator can change.
SELECT history_from, least_to_write, adopt, adoption_days, codes, greeting, accent, sign_in_url, idle, proof_max_age,
       once_only, audit_days
  FROM workspace WHERE id = $1

-- history_from
-- The least proof that opens history.
UPDATE workspace SET history_from = $2 WHERE id = $1

-- least_to_write
-- The least proof with which a contact may write.
UPDATE workspace SET least_to_write = $2 WHERE id = $1

-- adopt
-- Whether what a lead wrote is offered to whoever proves who they are in the same browser.
UPDATE workspace SET adopt = $2 WHERE id = $1

-- adoption_days
-- For how long a browser's ticket lets what a lead wrote be offered after its session.
UPDATE workspace SET adoption_days = $2 WHERE id = $1

-- codes
-- Whether the chat mails codes that prove a mailbox.
UPDATE workspace SET codes = $2 WHERE id = $1

-- greeting
-- The chat's first line.
UPDATE workspace SET greeting = $2 WHERE id = $1

-- accent
-- The company's colour.
UPDATE workspace SET accent = $2 WHERE id = $1

-- sign_in_url
-- The site's own sign-in page.
UPDATE workspace SET sign_in_url = $2 WHERE id = $1

-- idle
-- How long a browser session lives without a sign of life.
UPDATE workspace SET idle = $2 WHERE id = $1

-- once_only
-- Whether each token is taken once.
UPDATE workspace SET once_only = $2 WHERE id = $1

-- audit_days
-- How long the audit log is kept.
UPDATE workspace SET audit_days = $2 WHERE id = $1

-- proof_max_age
-- How long a token's proof lasts at most.
UPDATE workspace SET proof_max_age = $2 WHERE id = $1

-- takes_hashes
-- Whether another product's hashes prove somebody now.
SELECT EXISTS (SELECT FROM legacy_switch WHERE workspace_id = $1 AND off_at IS NULL AND until > $2)
