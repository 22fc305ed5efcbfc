-- still
-- The log stands still while it is looked at: nothing is sealed, cut or erased meanwhile. What is appended waits.
SELECT pg_advisory_xact_lock_shared(hashtextextended('privity audit log ' || $1::uuid::text, 0))

-- next
-- The seal after this number.
SELECT * FROM audit_seal WHERE workspace_id = $1 AND number > $2 ORDER BY number LIMIT 1

-- held
-- What a seal lists, and whatever says that it holds it.
SELECT e.*, s.salt
  FROM audit_event e LEFT JOIN audit_salt s ON s.workspace_id = e.workspace_id AND s.event_id = e.id
 WHERE e.workspace_id = $1 AND (e.seal = $2 OR e.id = ANY ($3))

-- beyond
-- An event that names a seal which is not there.
SELECT id, seal FROM audit_event WHERE workspace_id = $1 AND (seal > $2 OR seal < 1) ORDER BY seal, at, id LIMIT 1

-- waiting
-- What no seal holds yet.
SELECT e.*, s.salt
  FROM audit_event e LEFT JOIN audit_salt s ON s.workspace_id = e.workspace_id AND s.event_id = e.id
 WHERE e.workspace_id = $1 AND e.seal IS NULL ORDER BY e.at, e.id

-- erasures
-- The erasures that are named by what was erased; without lists and signature where none was recorded or signed.
SELECT n.event, x.events, x.leaves, x.signature
  FROM (SELECT workspace_id, erased_by AS event, min(at) AS first_at FROM audit_event
         WHERE workspace_id = $1 AND erased_by IS NOT NULL GROUP BY workspace_id, erased_by) n
  LEFT JOIN audit_event by ON by.workspace_id = n.workspace_id AND by.id = n.event AND by.kind = 'erasure'
  LEFT JOIN audit_erasure x ON x.workspace_id = by.workspace_id AND x.event_id = by.id
 ORDER BY n.first_at, n.event

-- erased
-- What one erasure is said to have taken.
SELECT e.*, s.salt
  FROM audit_event e LEFT JOIN audit_salt s ON s.workspace_id = e.workspace_id AND s.event_id = e.id
 WHERE e.workspace_id = $1 AND e.erased_by = $2 ORDER BY e.at, e.id

-- cut
-- Up to which seal the log was cut, as the log itself says.
SELECT max(to_seq) FROM audit_event WHERE workspace_id = $1 AND kind = 'log_cut'
