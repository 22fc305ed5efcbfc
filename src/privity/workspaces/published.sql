-- published
-- What a workspace that takes visitors publishes about itself, and the sites that may show it.
SELECT w.name, w.greeting, w.accent, w.sign_in_url, w.codes,
       CASE WHEN w.adopt <> 'never' THEN w.adoption_days ELSE 0 END AS adoption_days,
       w.history_from <> 'signed' AS mailbox_opens,
       array(SELECT s.origin FROM allowed_site s WHERE s.workspace_id = w.id ORDER BY s.origin) AS sites
  FROM workspace w WHERE w.id = $1 AND w.suspended_at IS NULL

-- choices
-- Where people of this workspace may sign in.
SELECT id, name FROM sign_in_provider WHERE workspace_id = $1 AND removed_at IS NULL ORDER BY added_at, id

-- allows
-- The workspaces that a site may show.
SELECT workspace_id FROM workspaces_on($1)

-- first_visit
-- An allowed page loaded the widget for the first time.
UPDATE workspace SET first_visit_at = $2, first_visit_page = $3 WHERE id = $1 AND first_visit_at IS NULL
