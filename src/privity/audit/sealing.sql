-- lock
-- One act on a workspace's log at a time, on whichever node: held to the transaction's end.
SELECT pg_advisory_xact_lock(hashtextextended('privity audit log ' || $1::uuid::text, 0))

-- unsealed
-- The workspaces of which events wait.
SELECT workspace_id FROM unsealed()

-- workspaces
-- All of them.
SELECT id FROM workspaces()

-- waiting
-- What no seal holds yet, oldest first. An event that commits late is found by a later seal: none is skipped. One that
-- somebody took the salt from can't be sealed; it keeps waiting, and `verify` names it.
SELECT e.*, s.salt
  FROM audit_event e LEFT JOIN audit_salt s ON s.workspace_id = e.workspace_id AND s.event_id = e.id
 WHERE e.workspace_id = $1 AND e.seal IS NULL AND (s.salt IS NOT NULL OR e.personal IS NOT NULL)
 ORDER BY e.at, e.id LIMIT $2

-- last
-- The newest seal.
SELECT workspace_id, number, previous, root, count, first_event, last_event, sealed_at
  FROM audit_seal WHERE workspace_id = $1 ORDER BY number DESC LIMIT 1

-- add
-- A new seal.
INSERT INTO audit_seal (workspace_id, number, previous, root, count, first_event, last_event, sealed_at, signature,
                        events, leaves)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- held
-- These events are held by that seal from now on.
UPDATE audit_event SET seal = $2 WHERE workspace_id = $1 AND id = ANY ($3)

-- old
-- The newest seal whose events are older than the workspace keeps them, and how many they and those before are.
SELECT max(s.number) AS number, sum(s.count)::integer AS count
  FROM audit_seal s JOIN workspace w ON w.id = s.workspace_id
 WHERE s.workspace_id = $1 AND s.events IS NOT NULL AND s.sealed_at < $2::timestamptz - make_interval(days => w.audit_days)

-- cut_salts
-- Salts of events up to a seal.
DELETE FROM audit_salt t USING audit_event e
 WHERE e.workspace_id = $1 AND e.seal <= $2 AND t.workspace_id = e.workspace_id AND t.event_id = e.id

-- cut_erasures
-- What was signed of erasures that were recorded up to a seal.
DELETE FROM audit_erasure x USING audit_event e
 WHERE e.workspace_id = $1 AND e.seal <= $2 AND x.workspace_id = e.workspace_id AND x.event_id = e.id

-- cut_events
-- Events up to a seal.
DELETE FROM audit_event WHERE workspace_id = $1 AND seal <= $2

-- cut_seals
-- Seals up to this one keep their root alone.
UPDATE audit_seal SET events = NULL, leaves = NULL WHERE workspace_id = $1 AND number <= $2 AND events IS NOT NULL

-- naming
-- Events that name one of these ids, whatever as.
SELECT e.*, s.salt
  FROM audit_event e JOIN audit_salt s ON s.workspace_id = e.workspace_id AND s.event_id = e.id
 WHERE e.workspace_id = $1 AND e.personal IS NULL
   AND (e.actor_id = ANY ($2) OR e.session_id = ANY ($2) OR e.conversation_id = ANY ($2) OR e.subject_id = ANY ($2))

-- erase
-- What an event meant is gone: the salted hash of it stands in its place.
UPDATE audit_event SET actor_id = NULL, session_id = NULL, conversation_id = NULL, subject_id = NULL, from_seq = NULL,
                       to_seq = NULL, count = NULL, personal = $3, erased_by = $4
 WHERE workspace_id = $1 AND id = $2

-- unsalt
-- The salts are gone, so that nobody can try out what an event may have meant.
DELETE FROM audit_salt WHERE workspace_id = $1 AND event_id = ANY ($2)

-- vouch
-- Which events an erasure took, and the leaves that they had: signed, so that nobody else can say that it took more.
INSERT INTO audit_erasure (workspace_id, event_id, events, leaves, signature) VALUES ($1, $2, $3, $4, $5)
