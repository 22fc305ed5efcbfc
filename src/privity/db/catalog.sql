-- tables
-- Each table as it stands: its columns, then its constraints.
SELECT format(E'CREATE TABLE %I (\n%s\n);', t.relname,
              string_agg('    ' || part.line, E',\n' ORDER BY part.place, part.name))
  FROM pg_class t
  JOIN LATERAL (
       SELECT a.attnum::integer AS place, '' AS name,
              format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                     CASE WHEN a.attnotnull THEN ' NOT NULL' END,
                     ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)) AS line
         FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
       UNION ALL
       SELECT 2000 + position(c.contype::text IN 'pufc'), c.conname,
              format('CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid))
         FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype IN ('p', 'u', 'f', 'c')) AS part ON true
 WHERE t.relnamespace = 'privity'::regnamespace AND t.relkind = 'r'
 GROUP BY t.relname ORDER BY t.relname

-- indexes
-- Those that no constraint brings along.
SELECT pg_get_indexdef(i.indexrelid) || ';'
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
 WHERE c.relnamespace = 'privity'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_constraint n WHERE n.conindid = i.indexrelid)
 ORDER BY c.relname

-- views
-- Which columns each shows, and with whose rights it reads. What it shows of them stands in its migration.
SELECT format(E'-- VIEW %s (%s)\n--     WITH (%s)', v.relname,
              (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a
                WHERE a.attrelid = v.oid AND a.attnum > 0 AND NOT a.attisdropped),
              coalesce(array_to_string(v.reloptions, ', '), ''))
  FROM pg_class v WHERE v.relnamespace = 'privity'::regnamespace AND v.relkind IN ('v', 'm') ORDER BY v.relname

-- functions
-- What each takes and answers, with whose rights it runs, and who may run it. What it does stands in its migration.
SELECT format('-- FUNCTION %s(%s)%s', p.proname, pg_get_function_arguments(p.oid),
              E'\n--     RETURNS ' || pg_get_function_result(p.oid))
       || CASE WHEN p.prosecdef THEN E'\n--     SECURITY DEFINER SET ' || array_to_string(p.proconfig, ', ') ELSE '' END
       || coalesce((SELECT string_agg(format(E'\nGRANT EXECUTE ON FUNCTION %s TO %s;', p.oid::regprocedure,
                                             CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END), ''
                                      ORDER BY g.grantee::regrole::text)
                      FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
                     WHERE g.grantee <> p.proowner), '')
  FROM pg_proc p WHERE p.pronamespace = 'privity'::regnamespace ORDER BY p.oid::regprocedure::text

-- locks
-- Row-level security, and whether even the owner is under it.
SELECT format('ALTER TABLE %I %s ROW LEVEL SECURITY, %s ROW LEVEL SECURITY;', t.relname,
              CASE WHEN t.relrowsecurity THEN 'ENABLE' ELSE 'DISABLE' END,
              CASE WHEN t.relforcerowsecurity THEN 'FORCE' ELSE 'NO FORCE' END)
  FROM pg_class t WHERE t.relnamespace = 'privity'::regnamespace AND t.relkind = 'r' ORDER BY t.relname

-- policies
-- Which rows are whose.
SELECT format('CREATE POLICY %I ON %I AS %s FOR %s TO %s', policyname, tablename, permissive, cmd,
              array_to_string(roles, ', '))
       || coalesce(E'\n    USING ' || qual, '') || coalesce(E'\n    WITH CHECK ' || with_check, '') || ';'
  FROM pg_policies WHERE schemaname = 'privity' ORDER BY tablename, policyname

-- grants
-- Which role may do what, to which columns.
SELECT format('GRANT %s ON %I TO %s;', string_agg(granted.what, ', ' ORDER BY granted.what), granted.name, granted.role)
  FROM (SELECT t.relname AS name, g.grantee::regrole::text AS role, g.privilege_type AS what
          FROM pg_class t CROSS JOIN aclexplode(t.relacl) g
         WHERE t.relnamespace = 'privity'::regnamespace AND t.relkind IN ('r', 'v', 'm') AND g.grantee <> t.relowner
        UNION ALL
        SELECT t.relname, g.grantee::regrole::text,
               format('%s (%s)', g.privilege_type, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum))
          FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid CROSS JOIN aclexplode(a.attacl) g
         WHERE t.relnamespace = 'privity'::regnamespace AND t.relkind IN ('r', 'v', 'm') AND NOT a.attisdropped
         GROUP BY t.relname, g.grantee, g.privilege_type) AS granted
 GROUP BY granted.name, granted.role ORDER BY granted.name, granted.role
