-- teammate_name
-- Who is writing.
SELECT name FROM teammate WHERE workspace_id = $1 AND id = $2
