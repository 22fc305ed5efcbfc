-- workspaces
-- Every workspace of this installation, oldest first.
SELECT id, name FROM workspaces()

-- add_workspace
-- A new workspace. It mails codes if they are what opens history; its other settings are those that everybody begins
-- with.
INSERT INTO workspace (id, name, history_from, codes, created_at) VALUES ($1, $2, $3, $3 = 'mailbox', $4)

-- add_site
-- A site on which the widget may stand; none where it might before.
INSERT INTO allowed_site (workspace_id, origin) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING origin

-- remove_site
-- A site on which it may not stand any more.
DELETE FROM allowed_site WHERE workspace_id = $1 AND origin = $2 RETURNING origin

-- sites
-- The sites on which the widget may stand.
SELECT origin FROM allowed_site WHERE workspace_id = $1 ORDER BY origin

-- name_sign_in_page
-- Where people of this site sign in; none where it was there before.
UPDATE workspace SET sign_in_url = $2 WHERE id = $1 AND sign_in_url IS DISTINCT FROM $2 RETURNING id

-- first_visit
-- When an allowed page first loaded the widget, and which.
SELECT first_visit_at, first_visit_page FROM workspace WHERE id = $1

-- void_links
-- Earlier set-up links are over.
UPDATE setup_link SET expires_at = $1 WHERE used_at IS NULL AND expires_at > $1

-- add_link
-- A set-up link; of its token only the hash is kept.
INSERT INTO setup_link (id, token_hash, expires_at) VALUES ($1, $2, $3)

-- good_link
-- Whether a set-up link is good now.
SELECT true FROM setup_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2

-- use_link
-- A set-up link is used, once, while there is no workspace.
UPDATE setup_link SET used_at = $2
 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 AND NOT EXISTS (SELECT FROM workspaces())
RETURNING id
