-- append
-- Adds events, and their salts; each place in the lists is one. The role that runs this reads nothing.
WITH salted AS (
    INSERT INTO audit_salt (workspace_id, event_id, salt) SELECT * FROM unnest($1::uuid[], $2::uuid[], $14::bytea[])
)
INSERT INTO audit_event (workspace_id, id, at, kind, actor, actor_id, session_id, conversation_id, subject_id, reason,
                         from_seq, to_seq, count)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::uuid[], $7::uuid[],
                     $8::uuid[], $9::uuid[], $10::text[], $11::integer[], $12::integer[], $13::integer[])
