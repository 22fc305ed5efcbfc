-- layout
-- How the database is made, as one word: whoever changes a table, a rule, a right or what is known of the rows for
-- planning leaves a younger row in a catalogue, or one row fewer.
SELECT max(row.xmin::text::bigint) || ' ' || count(*)
  FROM (SELECT xmin FROM pg_class UNION ALL
        SELECT xmin FROM pg_attribute UNION ALL
        SELECT xmin FROM pg_attrdef UNION ALL
        SELECT xmin FROM pg_constraint UNION ALL
        SELECT xmin FROM pg_index UNION ALL
        SELECT xmin FROM pg_type UNION ALL
        SELECT xmin FROM pg_rewrite UNION ALL
        SELECT xmin FROM pg_proc UNION ALL
        SELECT xmin FROM pg_trigger UNION ALL
        SELECT xmin FROM pg_policy UNION ALL
        SELECT xmin FROM pg_namespace UNION ALL
        SELECT xmin FROM pg_default_acl UNION ALL
        SELECT xmin FROM pg_db_role_setting UNION ALL
        SELECT xmin FROM pg_extension UNION ALL
        SELECT xmin FROM pg_statistic UNION ALL
        SELECT xmin FROM privity.migration) AS row

-- others
-- How many are still connected, each told to go.
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'

-- empty
-- Truncating makes new files for each table and index: a hundred times the work of deleting a handful of rows.
DO $$
DECLARE
    filled regclass;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR filled IN SELECT oid FROM pg_class
                   WHERE relnamespace = 'privity'::regnamespace AND relkind = 'r' AND relname <> 'migration' LOOP
        EXECUTE format('DELETE FROM %s', filled);
    END LOOP;
END $$

-- bytes
-- What its tables take, with the rows that were deleted.
SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relnamespace = 'privity'::regnamespace AND relkind = 'r'
