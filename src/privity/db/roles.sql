-- The login roles. None that serves a request is superuser, owner, BYPASSRLS or a member of another.
--   privity_owner     schema and migrations only
--   privity_operator  set-up and the command line: workspaces, teammates, keys; never what was said
--   privity_gate      who is asking: sessions, proofs, claims, adoption; never what was said
--   privity_contact   what one session may read and write
--   privity_team      what one workspace's team may read and write
--   privity_audit     appends to the audit log and reads nothing
--   privity_sealer    seals what was appended, cuts what is old, takes away what is erased
--   privity_auditor   reads the audit log
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['owner', 'operator', 'gate', 'contact', 'team', 'audit', 'sealer', 'auditor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'privity_' || role) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', 'privity_' || role);
        END IF;
    END LOOP;
END $$;
