-- What runs under the contact's role. Each function sets the variables of the second lock in its first statements and
-- then asks, in one round trip; it keeps its own predicates, so that either lock alone would hold.
-- Conversation first: a foreign conversation costs what a made-up id costs.

-- Stands as this session for the rest of the transaction. Answers whether it lives, in a workspace that is open, and is
-- the one that proved the identity in whose name it asks. Which identities are linked with that one stands in a
-- variable, too, read from the links themselves. Assigned, not performed: a quarter of the time.
CREATE FUNCTION stand_as(p_workspace uuid, p_session uuid, p_identity uuid, p_conversation uuid, p_now timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    setting text;
    lives boolean;
    linked text;
BEGIN
    setting := set_config('privity.workspace', p_workspace::text, true);
    setting := set_config('privity.session', p_session::text, true);
    setting := set_config('privity.identity', coalesce(p_identity::text, ''), true);
    setting := set_config('privity.conversation', coalesce(p_conversation::text, ''), true);
    SELECT true, ARRAY(SELECT l.linked_id FROM identity_link l
                        WHERE l.workspace_id = p_workspace AND l.identity_id = p_identity AND l.ended_at IS NULL)::text
      INTO lives, linked
      FROM session s
     WHERE s.workspace_id = p_workspace AND s.id = p_session AND s.ended_at IS NULL
       AND s.expires_at > p_now AND s.last_seen_at + s.idle > p_now AND s.identity_id IS NOT DISTINCT FROM p_identity
       AND EXISTS (SELECT FROM workspace w WHERE w.id = p_workspace AND w.suspended_at IS NULL);
    setting := set_config('privity.linked', coalesce(linked, ''), true);
    RETURN coalesce(lives, false);
END $$;


-- The facts of one conversation, as far as this session's structure reaches; nothing at all otherwise.
CREATE FUNCTION contact_case(p_workspace uuid, p_session uuid, p_identity uuid, p_conversation uuid, p_now timestamptz)
RETURNS TABLE (lives boolean, id uuid, origin_session uuid, owner uuid, closed_at timestamptz, last_seq integer)
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    lives := stand_as(p_workspace, p_session, p_identity, p_conversation, p_now);
    IF lives THEN
        SELECT c.id, c.origin_session, c.owner, c.closed_at, c.next_seq - 1
          INTO id, origin_session, owner, closed_at, last_seq
          FROM conversation c
         WHERE c.workspace_id = p_workspace AND c.id = p_conversation AND c.erased_at IS NULL
           AND (c.owner = p_identity OR c.owner = ANY (current_setting('privity.linked')::uuid[])
            OR (c.owner IS NULL AND c.origin_session = p_session));
    END IF;
    RETURN NEXT;
END $$;

-- A page of public messages, oldest first: those after p_after, else those before p_before (the newest by default).
CREATE FUNCTION contact_page(p_workspace uuid, p_session uuid, p_identity uuid, p_conversation uuid, p_now timestamptz,
                             p_after integer, p_before integer, p_limit integer)
RETURNS TABLE (id uuid, seq integer, author_kind text, author_name text, body text, sent_at timestamptz)
LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    -- A variable, since row-level security keeps a coalesce() out of the index: it would read from the end.
    below integer := coalesce(p_before, 2147483647);
BEGIN
    IF NOT stand_as(p_workspace, p_session, p_identity, p_conversation, p_now) THEN
        RETURN;
    END IF;
    IF p_after IS NOT NULL THEN
        RETURN QUERY
        SELECT m.id, m.seq, m.author_kind, m.author_name, m.body, m.sent_at FROM message m
         WHERE m.workspace_id = p_workspace AND m.conversation_id = p_conversation AND m.kind = 'public'
           AND m.seq > p_after AND m.seq < below
         ORDER BY m.seq LIMIT p_limit;
    ELSE
        RETURN QUERY
        SELECT page.* FROM (
            SELECT m.id, m.seq, m.author_kind, m.author_name, m.body, m.sent_at FROM message m
             WHERE m.workspace_id = p_workspace AND m.conversation_id = p_conversation AND m.kind = 'public'
               AND m.seq < below
             ORDER BY m.seq DESC LIMIT p_limit) AS page
         ORDER BY page.seq;
    END IF;
END $$;

-- The contact's own conversations, the newest word first. p_owned says whether the judge opened the past.
CREATE FUNCTION contact_list(p_workspace uuid, p_session uuid, p_identity uuid, p_owned boolean, p_now timestamptz,
                             p_before timestamptz, p_before_id uuid, p_limit integer)
RETURNS TABLE (id uuid, started_at timestamptz, closed_at timestamptz, unread integer, last_id uuid, last_seq integer,
               last_at timestamptz, last_author_kind text, last_author_name text, last_excerpt text)
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    IF NOT stand_as(p_workspace, p_session, p_identity, NULL, p_now) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT c.id, c.started_at, c.closed_at, c.unread, c.last_id, c.next_seq - 1, c.last_at, c.last_author_kind,
           c.last_author_name, c.last_excerpt
      FROM (SELECT * FROM conversation o
             WHERE o.workspace_id = p_workspace AND o.owner = p_identity
               AND (p_owned OR o.origin_session = p_session)
            UNION ALL
            SELECT l.* FROM unnest(current_setting('privity.linked')::uuid[]) AS same (id)
             CROSS JOIN LATERAL (SELECT * FROM conversation o
                                  WHERE p_owned AND o.workspace_id = p_workspace AND o.owner = same.id) AS l
            UNION ALL
            SELECT * FROM conversation u
             WHERE u.workspace_id = p_workspace AND u.owner IS NULL AND u.origin_session = p_session) AS c
     WHERE c.erased_at IS NULL AND (p_before IS NULL OR (c.last_at, c.id) < (p_before, p_before_id))
     ORDER BY c.last_at DESC, c.id DESC LIMIT p_limit;
END $$;

-- Stores many sends in one call. Each row answers for itself: stored, repeated (the same send again), conflict (the
-- same client_id with other words), or refused. The conversation's counter is taken, and given back where nothing was
-- stored, under its row's lock: seq has no gaps. Rows are taken by conversation, so that two calls which share several
-- conversations wait for each other in one order; n says which send an answer is for. Each is taken into
-- a record first: elements of arrays inside the statements take twice the time.
CREATE FUNCTION contact_send(p_now timestamptz, p_workspaces uuid[], p_sessions uuid[], p_identities uuid[],
                             p_conversations uuid[], p_ids uuid[], p_assurances text[], p_names text[], p_bodies text[],
                             p_client_ids uuid[])
RETURNS TABLE (n integer, status text, id uuid, seq integer, team_seq integer, reopened boolean, body text,
               sent_at timestamptz)
LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    sent record;
BEGIN
    FOR sent IN SELECT * FROM unnest(p_workspaces, p_sessions, p_identities, p_conversations, p_ids, p_assurances,
                                     p_names, p_bodies, p_client_ids)
                  WITH ORDINALITY AS row (workspace, session, identity, conversation, message, assurance, author, words,
                                          client_id, n)
                 ORDER BY conversation, row.n LOOP
        n := sent.n;
        id := sent.message;
        body := sent.words;
        sent_at := p_now;
        status := 'refused';
        seq := NULL;
        IF NOT stand_as(sent.workspace, sent.session, sent.identity, sent.conversation, p_now) THEN
            RETURN NEXT;
            CONTINUE;
        END IF;
        UPDATE conversation c
           SET next_seq = c.next_seq + 1, next_team_seq = c.next_team_seq + 1, last_at = p_now, last_id = sent.message,
               last_author_kind = 'contact', last_author_name = sent.author, last_excerpt = left(sent.words, 280)
         WHERE c.workspace_id = sent.workspace AND c.id = sent.conversation AND c.erased_at IS NULL
           AND (c.owner = sent.identity OR c.owner = ANY (current_setting('privity.linked')::uuid[])
                OR (c.owner IS NULL AND c.origin_session = sent.session))
        RETURNING c.next_seq - 1, c.next_team_seq - 1, c.closed_at IS NOT NULL INTO seq, team_seq, reopened;
        IF NOT FOUND THEN
            RETURN NEXT;
            CONTINUE;
        END IF;
        INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session,
                             author_name, assurance, body, client_id, sent_at)
        VALUES (sent.workspace, sent.message, sent.conversation, seq, team_seq, 'public', 'contact', sent.session,
                sent.author, sent.assurance, sent.words, sent.client_id, p_now)
        ON CONFLICT (workspace_id, conversation_id, author_session, client_id) DO NOTHING;
        IF FOUND THEN
            status := 'stored';
            IF reopened THEN
                UPDATE conversation c SET closed_at = NULL
                 WHERE c.workspace_id = sent.workspace AND c.id = sent.conversation;
            END IF;
        ELSE
            UPDATE conversation c
               SET next_seq = c.next_seq - 1, next_team_seq = c.next_team_seq - 1, last_at = m.sent_at, last_id = m.id,
                   last_author_kind = m.author_kind, last_author_name = m.author_name,
                   last_excerpt = left(m.body, 280)
              FROM message m
             WHERE c.workspace_id = sent.workspace AND c.id = sent.conversation
               AND m.workspace_id = c.workspace_id AND m.conversation_id = c.id AND m.seq = c.next_seq - 2;
            SELECT CASE WHEN m.body = sent.words THEN 'repeated' ELSE 'conflict' END, m.id, m.seq, m.team_seq, false,
                   m.body, m.sent_at
              INTO status, id, seq, team_seq, reopened, body, sent_at
              FROM message m
             WHERE m.workspace_id = sent.workspace AND m.conversation_id = sent.conversation
               AND m.author_session = sent.session AND m.client_id = sent.client_id;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

-- A conversation with its first message: owned by the identity that the session proved, or by nobody.
CREATE FUNCTION contact_start(p_now timestamptz, p_workspace uuid, p_session uuid, p_identity uuid, p_contact uuid,
                              p_id uuid, p_message uuid, p_assurance text, p_name text, p_body text, p_client_id uuid,
                              p_page text)
RETURNS TABLE (status text, id uuid, message_id uuid, body text, started_at timestamptz)
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    status := 'refused';
    IF NOT stand_as(p_workspace, p_session, p_identity, p_id, p_now) THEN
        RETURN NEXT;
        RETURN;
    END IF;
    INSERT INTO conversation (workspace_id, id, contact_id, origin_session, owner, client_id, page, started_at, next_seq,
                              next_team_seq, last_at, last_id, last_author_kind, last_author_name, last_excerpt)
    VALUES (p_workspace, p_id, p_contact, p_session, p_identity, p_client_id, p_page, p_now, 2, 2, p_now, p_message,
            'contact', p_name, left(p_body, 280))
    ON CONFLICT (workspace_id, origin_session, client_id) DO NOTHING;
    IF FOUND THEN
        -- A statement of its own: the message's check looks for the conversation, which its own statement could not see.
        INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session,
                             author_name, assurance, body, client_id, sent_at)
        VALUES (p_workspace, p_message, p_id, 1, 1, 'public', 'contact', p_session, p_name, p_assurance, p_body,
                p_client_id, p_now);
        RETURN QUERY SELECT 'stored', p_id, p_message, p_body, p_now;
        RETURN;
    END IF;
    SELECT c.id INTO contact_start.id FROM conversation c
     WHERE c.workspace_id = p_workspace AND c.origin_session = p_session AND c.client_id = p_client_id;
    PERFORM stand_as(p_workspace, p_session, p_identity, contact_start.id, p_now);
    SELECT CASE WHEN m.body = p_body THEN 'repeated' ELSE 'conflict' END, m.id, m.body, m.sent_at
      INTO status, message_id, body, started_at
      FROM message m
     WHERE m.workspace_id = p_workspace AND m.conversation_id = contact_start.id AND m.kind = 'public' AND m.seq = 1;
    status := coalesce(status, 'refused');
    RETURN NEXT;
END $$;

-- The contact has seen everything up to p_seq.
CREATE FUNCTION contact_mark_read(p_now timestamptz, p_workspace uuid, p_session uuid, p_identity uuid,
                                  p_conversation uuid, p_seq integer)
RETURNS integer LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
    marked integer;
BEGIN
    IF NOT stand_as(p_workspace, p_session, p_identity, p_conversation, p_now) THEN
        RETURN NULL;
    END IF;
    -- Its row first, as every writer does, and then the count: who had to wait would count what stood before.
    PERFORM FROM conversation c
      WHERE c.workspace_id = p_workspace AND c.id = p_conversation AND c.erased_at IS NULL
        AND (c.owner = p_identity OR c.owner = ANY (current_setting('privity.linked')::uuid[])
             OR (c.owner IS NULL AND c.origin_session = p_session))
        FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE conversation c
       SET contact_read_seq = greatest(c.contact_read_seq, least(p_seq, c.next_seq - 1)),
           unread = (SELECT count(*) FROM message m
                      WHERE m.workspace_id = p_workspace AND m.conversation_id = p_conversation
                        AND m.kind = 'public' AND m.author_kind = 'teammate' AND m.seq > greatest(c.contact_read_seq, p_seq))
     WHERE c.workspace_id = p_workspace AND c.id = p_conversation
    RETURNING c.contact_read_seq INTO marked;
    RETURN marked;
END $$;

CREATE FUNCTION contact_rate(p_now timestamptz, p_workspace uuid, p_session uuid, p_identity uuid,
                             p_conversation uuid, p_score integer)
RETURNS boolean LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    IF NOT stand_as(p_workspace, p_session, p_identity, p_conversation, p_now) THEN
        RETURN false;
    END IF;
    UPDATE conversation c SET rating = p_score
     WHERE c.workspace_id = p_workspace AND c.id = p_conversation AND c.erased_at IS NULL
       AND (c.owner = p_identity OR c.owner = ANY (current_setting('privity.linked')::uuid[])
            OR (c.owner IS NULL AND c.origin_session = p_session));
    RETURN FOUND;
END $$;

DO $$
DECLARE
    door text;
BEGIN
    FOR door IN SELECT p.oid::regprocedure::text FROM pg_proc p
                 WHERE p.pronamespace = 'privity'::regnamespace
                   AND (p.proname LIKE 'contact\_%' OR p.proname = 'stand_as') LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO privity_contact', door);
    END LOOP;
END $$;
