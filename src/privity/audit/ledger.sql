-- append
-- Adds one event, and its salt. The role that runs this reads nothing.
WITH salted AS (INSERT INTO audit_salt (workspace_id, event_id, salt) VALUES ($1, $2, $14))
INSERT INTO audit_event (workspace_id, id, at, kind, actor, actor_id, session_id, conversation_id, subject_id, reason,
                         from_seq, to_seq, count)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
