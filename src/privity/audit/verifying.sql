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
-- How much each recorded erasure took away, and how much names it.
SELECT e.erased_by, count(*) AS named, min(by.count) AS recorded, (array_agg(e.id ORDER BY e.at, e.id))[1] AS first
  FROM audit_event e
  LEFT JOIN audit_event by ON by.workspace_id = e.workspace_id AND by.id = e.erased_by AND by.kind = 'erasure'
 WHERE e.workspace_id = $1 AND e.erased_by IS NOT NULL
 GROUP BY e.erased_by ORDER BY min(e.at)

-- cut
-- Up to which seal the log was cut, as the log itself says.
SELECT max(to_seq) FROM audit_event WHERE workspace_id = $1 AND kind = 'log_cut'
