-- What runs under the gate's role at each request: who is asking, in one round trip.

-- The session that a credential names, with its workspace's rules. One that ended is known no more, except where a proof is
-- offered (`p_risen`) and it rose: its proof may be repeated. What is not known, or comes with another secret, costs what an
-- id costs that no session has: all bring the rules alone. Who asks compares the secret once more, in constant time. A
-- request is a sign of life: a living session is touched, at most every 10 s, and judged by what stood before. One that
-- opened while its identity was being retired is over as well.
CREATE FUNCTION gate_session(p_workspace uuid, p_session uuid, p_hash bytea, p_now timestamptz, p_risen boolean)
RETURNS TABLE (secret_hash bytea, kind text, contact_id uuid, contact_kind text, identity_id uuid, name text,
               assurance text, linked uuid[], offered uuid[], idle interval, last_seen_at timestamptz, expires_at timestamptz,
               ended_at timestamptz, end_reason text, workspace_name text, history_from text, least_to_write text,
               adopt text, adoption_days integer, codes boolean, workspace_idle interval, proof_max_age interval,
               legacy_until timestamptz)
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    PERFORM set_config('privity.workspace', p_workspace::text, true);
    RETURN QUERY
    SELECT s.secret_hash, s.kind, s.contact_id, c.kind, s.identity_id, i.name, s.assurance,
           ARRAY(SELECT l.linked_id FROM identity_link l WHERE l.workspace_id = s.workspace_id
                    AND l.identity_id = s.identity_id AND l.ended_at IS NULL),
           ARRAY(SELECT o.session_id FROM offer o WHERE o.workspace_id = s.workspace_id
                    AND o.session_id = ANY (s.offer_sessions) AND o.identity_id = s.identity_id AND o.settled_at IS NULL
                    AND o.until > p_now),
           s.idle, s.last_seen_at, s.expires_at, coalesce(s.ended_at, i.retired_at), s.end_reason,
           w.name, w.history_from, w.least_to_write, w.adopt, w.adoption_days, w.codes, w.idle, w.proof_max_age,
           CASE WHEN w.history_from = 'legacy' THEN
               (SELECT max(l.until) FROM legacy_switch l WHERE l.workspace_id = w.id AND l.off_at IS NULL) END
      FROM workspace w
      LEFT JOIN session s ON s.workspace_id = w.id AND s.id = p_session AND s.secret_hash = p_hash
           AND (s.ended_at IS NULL OR p_risen AND s.end_reason = 'rise')
      LEFT JOIN contact c ON c.workspace_id = s.workspace_id AND c.id = s.contact_id
      LEFT JOIN contact_identity i ON i.workspace_id = s.workspace_id AND i.id = s.identity_id
     WHERE w.id = p_workspace AND w.suspended_at IS NULL;
    UPDATE session s SET last_seen_at = p_now
     WHERE s.workspace_id = p_workspace AND s.id = p_session AND s.secret_hash = p_hash AND s.ended_at IS NULL
       AND s.expires_at > p_now AND s.last_seen_at + s.idle > p_now AND s.last_seen_at < p_now - interval '10 seconds';
END $$;
GRANT EXECUTE ON FUNCTION gate_session(uuid, uuid, bytea, timestamptz, boolean) TO privity_gate;

-- The beginning of what a closed session said first, for whom that is on offer to, and nobody else: asked past the second
-- lock, which shows neither the gate nor the contact a word of it.
CREATE FUNCTION offered_line(p_workspace uuid, p_session uuid, p_conversation uuid, p_now timestamptz)
RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = privity, pg_temp AS $$
BEGIN
    RETURN (SELECT left(split_part(m.body, E'\n', 1), 120)
              FROM session s
              JOIN offer o ON o.workspace_id = s.workspace_id AND o.session_id = ANY (s.offer_sessions)
                   AND o.identity_id = s.identity_id AND o.settled_at IS NULL AND o.until > p_now
              JOIN conversation c ON c.workspace_id = s.workspace_id AND c.id = p_conversation
                   AND c.origin_session = o.session_id AND c.owner IS NULL AND c.erased_at IS NULL
              JOIN message m ON m.workspace_id = s.workspace_id AND m.conversation_id = c.id AND m.kind = 'public'
                   AND m.author_session = o.session_id
             WHERE s.workspace_id = p_workspace AND s.id = p_session AND s.ended_at IS NULL AND s.expires_at > p_now
               AND s.last_seen_at + s.idle > p_now
             ORDER BY m.seq LIMIT 1);
END $$;
GRANT EXECUTE ON FUNCTION offered_line(uuid, uuid, uuid, timestamptz) TO privity_gate;
