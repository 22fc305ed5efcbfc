-- session
-- The session that a credential names, with its workspace's rules; touches it if it lives.
SELECT * FROM gate_session($1, $2, $3, $4, $5)

-- workspace
-- The rules of a workspace that takes visitors, and until when its address of keys need not be looked at, if it has one.
SELECT name, greeting, accent, sign_in_url, history_from, least_to_write, adopt, adoption_days, codes, idle, proof_max_age, once_only,
       (SELECT max(until) FROM legacy_switch WHERE workspace_id = $1 AND off_at IS NULL) AS legacy_until,
       a.workspace_id IS NOT NULL AS lists_keys, a.fresh_until AS keys_fresh_until
  FROM workspace w LEFT JOIN key_address a ON a.workspace_id = w.id
 WHERE w.id = $1 AND w.suspended_at IS NULL

-- keys
-- The keys that may sign identities. Those of the address of keys do as long as it lists them, and was read of late.
SELECT id, kid, alg, material, issuer, stops_at FROM signing_key
 WHERE workspace_id = $1 AND revoked_at IS NULL AND (stops_at IS NULL OR stops_at > $2)
   AND (listed IS NULL OR listed AND EXISTS (SELECT FROM key_address WHERE workspace_id = $1 AND good_until > $2))

-- legacy_switch
-- What makes a product's hashes prove somebody, while it is on.
SELECT id, secret, on_at, until FROM legacy_switch
 WHERE workspace_id = $1 AND product = $2 AND off_at IS NULL AND until > $3

-- legacy_again
-- After a sign-out everywhere an old hash proves nobody, until the site has signed a token for the same person.
UPDATE contact_identity SET not_before = NULL
 WHERE workspace_id = $1 AND provider = 'legacy' AND subject = ANY ($2) AND not_before < $3

-- key_used
-- Remembers that a key signed a token, once a minute at most.
UPDATE signing_key SET last_used_at = $3
 WHERE workspace_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < $3::timestamptz - interval '1 minute')

-- add_contact
-- A new contact card.
INSERT INTO contact (workspace_id, id, kind, created_at) VALUES ($1, $2, $3, $4)

-- become_lead
-- A visitor who wrote, or who said who they are, is a lead.
UPDATE contact SET kind = 'lead' WHERE workspace_id = $1 AND id = $2 AND kind = 'visitor'

-- identity
-- The identity of a subject at a provider.
SELECT id, contact_id FROM contact_identity
 WHERE workspace_id = $1 AND provider = $2 AND subject = $3 AND retired_at IS NULL AND erased_at IS NULL

-- living_identity
-- An identity that can still be proved, by its id.
SELECT id, provider, subject FROM contact_identity
 WHERE workspace_id = $1 AND id = $2 AND retired_at IS NULL AND erased_at IS NULL

-- identities_called
-- The identities that the site means by an id: its own user of that id, and whom old hashes proved under it.
SELECT id FROM contact_identity
 WHERE workspace_id = $1 AND retired_at IS NULL AND erased_at IS NULL
   AND ((provider = $2 AND subject = $3) OR (provider = 'legacy' AND subject = ANY ($4)))

-- add_identity
-- A subject that was never seen before.
INSERT INTO contact_identity (workspace_id, id, provider, subject, contact_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (workspace_id, provider, subject) WHERE retired_at IS NULL AND erased_at IS NULL DO NOTHING
RETURNING id

-- identity_proved
-- What the newest proof says of an identity; one that was made earlier, and comes later, takes nothing back.
UPDATE contact_identity
   SET name = $3, email = $4, email_verified = $5, proved_at = $6, proved_with = $7, attributes = $8
 WHERE workspace_id = $1 AND id = $2
   AND NOT EXISTS (SELECT FROM proof p WHERE p.workspace_id = $1 AND p.identity_id = $2 AND p.issued_at > $9)
RETURNING true

-- add_session
-- A session opens; of its secret only the hash is kept.
INSERT INTO session (workspace_id, id, kind, secret_hash, contact_id, identity_id, assurance, proof_digest,
                     offer_sessions, idle, page, client, started_at, last_seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)

-- renew_session
-- The same identity was proved again: the session, while it lives, rests on the newer proof. A browser's ends a day after
-- its start, whatever is proved.
UPDATE session
   SET proof_digest = $3, last_seen_at = $5,
       expires_at = CASE WHEN kind = 'browser' THEN least($4, started_at + $6::interval) ELSE $4 END
 WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL AND expires_at > $5 AND last_seen_at + idle > $5
RETURNING expires_at

-- claimed
-- A session whose person said who they are.
UPDATE session SET assurance = 'claimed' WHERE workspace_id = $1 AND id = $2 AND assurance = 'none'

-- add_claim
-- What somebody says of themselves.
INSERT INTO claim (workspace_id, id, contact_id, session_id, kind, value, key, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- say_once
-- What the page says of somebody, unless it has said it of them before.
INSERT INTO claim (workspace_id, id, contact_id, session_id, kind, value, key, at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8
 WHERE NOT EXISTS (SELECT FROM claim WHERE workspace_id = $1 AND contact_id = $3 AND kind = $5 AND value = $6)

-- touch
-- A sign of life of a session that lives.
UPDATE session SET last_seen_at = $3
 WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL AND expires_at > $3 AND last_seen_at + idle > $3

-- end_session
-- Ends a living session, once.
UPDATE session SET ended_at = $3, end_reason = $4
 WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL RETURNING contact_id

-- open_session
-- A session that has not ended.
SELECT id FROM session WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL

-- devices
-- The living sessions of these identities, the one that was seen last first, and this one.
SELECT id, client, started_at, last_seen_at FROM session
 WHERE workspace_id = $1 AND (id = $2 OR identity_id = ANY ($3::uuid[])) AND ended_at IS NULL AND expires_at > $4
   AND last_seen_at + idle > $4
 ORDER BY id = $2 DESC, last_seen_at DESC, id LIMIT 100

-- linked
-- The identities that are the same person as this one.
SELECT linked_id FROM identity_link WHERE workspace_id = $1 AND identity_id = $2 AND ended_at IS NULL

-- rise
-- Closes a living session, once, because its person proved who they are; by what, so that just this may be repeated.
UPDATE session SET ended_at = $3, end_reason = 'rise', proof_digest = $4
 WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL RETURNING true

-- rose_by
-- Whether this is the proof by which a session rose.
SELECT EXISTS (SELECT FROM session
                WHERE workspace_id = $1 AND id = $2 AND end_reason = 'rise' AND proof_digest = $3)

-- add_proof
-- A proof was accepted: what it opened or renewed.
INSERT INTO proof (workspace_id, id, session_id, identity_id, kind, key_id, digest, issued_at, expires_at, accepted_at,
                   legacy_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- refuse_proof
-- A token was not: the class of its fault.
INSERT INTO refused_proof (workspace_id, id, session_id, reason, page, at) VALUES ($1, $2, $3, $4, $5, $6)

-- refused_here
-- The session that went on after a refusal of the last minutes is the one in which it happened.
UPDATE refused_proof SET session_id = $3
 WHERE workspace_id = $1 AND id = $2 AND session_id IS NULL AND at > $4::timestamptz - interval '10 minutes'

-- is_spent
-- Whether a sign-out used this token up: this one, or all that were made for its subject until then; or whether its key,
-- or the switch of an old hash, does not vouch for it that long any more.
SELECT EXISTS (SELECT FROM spent_token WHERE workspace_id = $1 AND digest = $2)
    OR EXISTS (SELECT FROM contact_identity
                WHERE workspace_id = $1 AND provider = $3 AND subject = $4 AND not_before >= $5)
    OR EXISTS (SELECT FROM signing_key
                WHERE workspace_id = $1 AND id = $6 AND (revoked_at IS NOT NULL OR stops_at < $7 OR NOT listed))
    OR EXISTS (SELECT FROM legacy_switch
                WHERE workspace_id = $1 AND id = $8 AND (off_at IS NOT NULL OR until < $7))
    OR $3 LIKE 'oidc:%' AND NOT EXISTS (SELECT FROM sign_in_provider
                WHERE workspace_id = $1 AND 'oidc:' || issuer = $3 AND removed_at IS NULL)

-- forget_used
-- A token that has expired is refused for that, and need not be known any more.
DELETE FROM used_token WHERE workspace_id = $1 AND until <= $2

-- use_token
-- A token is taken, by the first who brings it.
INSERT INTO used_token (workspace_id, key_id, jti_hash, until) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING true

-- is_used
-- Whether a token was taken before.
SELECT EXISTS (SELECT FROM used_token WHERE workspace_id = $1 AND key_id = $2 AND jti_hash = $3)

-- spend
-- Every token that a session ever rested on is used up.
INSERT INTO spent_token (workspace_id, digest, until)
SELECT workspace_id, digest, max(expires_at) FROM proof WHERE workspace_id = $1 AND session_id = $2
 GROUP BY workspace_id, digest
    ON CONFLICT DO NOTHING

-- end_others_on_spent
-- Other sessions that rest on a token that was just used up end with it.
UPDATE session s SET ended_at = $3, end_reason = 'token_spent'
 WHERE s.workspace_id = $1 AND s.ended_at IS NULL AND s.proof_digest IN (
       SELECT digest FROM proof WHERE workspace_id = $1 AND session_id = $2)
RETURNING s.id, s.contact_id

-- new_code
-- A session's one living code; an earlier one is void.
INSERT INTO mailbox_code (workspace_id, session_id, address, code_hash, sent_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (workspace_id, session_id) DO UPDATE
   SET address = $3, code_hash = $4, sent_at = $5, expires_at = $6, tries = 0, used_at = NULL

-- try_code
-- Counts a try, and answers what it must fit while there are tries left.
UPDATE mailbox_code SET tries = tries + 1
 WHERE workspace_id = $1 AND session_id = $2 AND expires_at > $3 AND used_at IS NULL AND tries < $4
RETURNING address, code_hash

-- use_code
-- A code is used once.
UPDATE mailbox_code SET used_at = $4
 WHERE workspace_id = $1 AND session_id = $2 AND code_hash = $3 AND used_at IS NULL RETURNING true

-- new_start
-- A session's one living sign-in; an earlier one is void.
INSERT INTO sign_in_start (workspace_id, session_id, provider_id, nonce_hash, code_challenge, began_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (workspace_id, session_id) DO UPDATE
   SET provider_id = $3, nonce_hash = $4, code_challenge = $5, began_at = $6, expires_at = $7, used_at = NULL

-- use_start
-- A sign-in is redeemed once, by the session that began it and with what its panel kept.
UPDATE sign_in_start SET used_at = $6
 WHERE workspace_id = $1 AND session_id = $2 AND provider_id = $3 AND nonce_hash = $4 AND code_challenge = $5
   AND used_at IS NULL AND expires_at > $6
RETURNING true

-- not_before
-- Proofs of an identity that were made until now are used up, those included that a site whose clock is ahead has made.
UPDATE contact_identity SET not_before = greatest($3, (
       SELECT max(issued_at) FROM proof WHERE workspace_id = $1 AND identity_id = $2))
 WHERE workspace_id = $1 AND id = $2

-- retire
-- Nobody proves an identity any more.
UPDATE contact_identity SET retired_at = $3
 WHERE workspace_id = $1 AND id = $2 AND retired_at IS NULL RETURNING true

-- end_identity
-- Every session of an identity ends.
UPDATE session SET ended_at = $3, end_reason = $4
 WHERE workspace_id = $1 AND identity_id = $2 AND ended_at IS NULL RETURNING id, contact_id

-- void_offers
-- What was on offer to an identity is not any more.
UPDATE offer SET settled_at = $3, outcome = 'void'
 WHERE workspace_id = $1 AND identity_id = $2 AND settled_at IS NULL

-- void_offer_seen
-- What was on offer in a session is not any more.
UPDATE offer o SET settled_at = $3, outcome = 'void'
  FROM session s
 WHERE s.workspace_id = $1 AND s.id = $2 AND o.workspace_id = $1 AND o.session_id = ANY (s.offer_sessions)
   AND o.identity_id = s.identity_id AND o.settled_at IS NULL

-- add_offer
-- What a closed lead session wrote is on offer to the identity that the same browser then proved.
INSERT INTO offer (workspace_id, session_id, identity_id, until) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING

-- offer
-- The offers of these sessions that still stand, locked for their settling.
SELECT session_id, identity_id FROM offer
 WHERE workspace_id = $1 AND session_id = ANY ($2::uuid[]) AND settled_at IS NULL AND until > $3
 ORDER BY session_id FOR UPDATE

-- settle_offer
-- What is asked at once is taken, left or void at once, and for good.
UPDATE offer SET settled_at = $3, outcome = $4
 WHERE workspace_id = $1 AND session_id = ANY ($2::uuid[]) AND settled_at IS NULL

-- offer_again
-- What was taken and given back is asked about once more, with all that was asked with it, as long as it would have been.
UPDATE offer SET settled_at = NULL, outcome = NULL
 WHERE workspace_id = $1 AND identity_id = $3 AND outcome = 'taken' AND until > $4
   AND settled_at = (SELECT o.settled_at FROM offer o WHERE o.workspace_id = $1 AND o.session_id = $2)

-- on_offer
-- What is on offer: when it began, where, and how many messages it has; never a word of it.
SELECT id, origin_session, started_at, page, next_seq - 1 AS messages, next_seq FROM conversation
 WHERE workspace_id = $1 AND origin_session = ANY ($2::uuid[]) AND owner IS NULL AND erased_at IS NULL
 ORDER BY started_at, id

-- offered
-- One conversation of those on offer: where it began, no words.
SELECT id, origin_session FROM conversation
 WHERE workspace_id = $1 AND id = $2 AND origin_session = ANY ($3::uuid[]) AND owner IS NULL AND erased_at IS NULL

-- take
-- A conversation that nobody owned becomes an identity's own.
UPDATE conversation SET owner = $3, contact_id = $4
 WHERE workspace_id = $1 AND id = $2 AND owner IS NULL AND origin_session = $5

-- add_adoption
-- An adoption, with what it can be undone to.
INSERT INTO adoption (workspace_id, id, conversation_id, identity_id, session_id, next_seq, at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- adoption
-- An identity's own adoption, locked, and whether something was written since.
SELECT a.conversation_id, a.session_id, c.next_seq > a.next_seq AS written, s.contact_id
  FROM adoption a
  JOIN conversation c ON c.workspace_id = a.workspace_id AND c.id = a.conversation_id
  JOIN session s ON s.workspace_id = a.workspace_id AND s.id = a.session_id
 WHERE a.workspace_id = $1 AND a.id = $2 AND a.identity_id = $3 AND a.undone_at IS NULL
   FOR UPDATE OF a, c

-- undo_adoption
-- The adoption is undone.
UPDATE adoption SET undone_at = $3 WHERE workspace_id = $1 AND id = $2

-- give_back
-- The conversation has no owner again, and stands on the lead's card.
UPDATE conversation SET owner = NULL, contact_id = $3 WHERE workspace_id = $1 AND id = $2
