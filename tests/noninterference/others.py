"""Everybody else: Ada, strangers, and Grace where the contact may not look. The other world has none of it."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from privity.web.credential import Credential
from tests.cast import ADA, Person
from tests.db.worlds import Identity, add_identity, add_link
from tests.noninterference.carrying import Answer, ask
from tests.noninterference.worlds import OLD_PRODUCT, Estate, World

ELSEWHERE = "198.51.100.9"
"""Not the contact's network: what its neighbours do to limits that are counted by network is not promised."""

FAR_AWAY = 30


@dataclass
class Others:
    """Of one workspace. `ids` are conversations that the contact has no part in."""

    world: World
    estate: Estate
    ada: str | None = None
    ids: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    adoptions: list[str] = field(default_factory=list)

    async def call(self, method: str, path: str, body: Any = None, secret: str | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        return await self._ask(method, f"/widget/v1{path}", headers, body)

    async def grace(self, method: str, path: str, body: Any = None) -> Answer:
        return await self._ask(method, f"/api/v1{path}", self.estate.badge, body)

    async def _ask(self, method: str, path: str, headers: dict[str, str], body: Any) -> Answer:
        content = b"" if body is None else json.dumps(body).encode()
        headers = {**headers, "Content-Type": "application/json"} if content else headers
        return await ask(self.world.app, method, path, headers, content, ELSEWHERE)

    # ── Ada, whom the site knows ─────────────────────────────────────────────────────────────────────────────

    async def ada_writes(self, words: str, client_id: UUID) -> None:
        """Signed in, she starts a conversation."""
        if self.ada is None:
            self.ada = await self._session(identity_token=self.estate.acme.token(ADA))
        await self._start(self.ada, words, client_id)

    async def ada_writes_before_she_signs_in(self, words: str, client_id: UUID, takes: bool) -> None:
        """What she wrote is on offer from then on, to her and to nobody else, until she takes it."""
        visit = await self._session()
        await self._start(visit, words, client_id)
        proof = {"kind": "token", "identity_token": self.estate.acme.token(ADA)}
        risen = self._keep_session(await self.call("POST", "/session/proofs", proof, visit))
        if takes and risen is not None:
            wanted = {"conversation_ids": self.ids[-1:]}
            taken = await self.call("POST", "/adoptions", wanted, risen)
            self.adoptions += [item["id"] for item in taken.json()["items"]]

    async def somebody_signs_out_everywhere(self, person: Person) -> None:
        secret = await self._session(identity_token=self.estate.acme.token(person))
        await self.call("POST", "/session/sign-out-everywhere", secret=secret)

    async def ada_goes(self) -> None:
        if self.ada is not None:
            await self.call("POST", "/session/sign-out-everywhere", secret=self.ada)
            self.ada = None

    async def ada_is_erased(self) -> None:
        """Her conversations, her name, and whom she proved to be."""
        await self.world.db.execute(
            """WITH ada AS (
                   UPDATE contact_identity SET erased_at = $2, name = NULL, email = NULL
                    WHERE workspace_id = $1 AND subject = $3 AND erased_at IS NULL RETURNING id)
               UPDATE conversation SET erased_at = $2 WHERE workspace_id = $1 AND owner IN (SELECT id FROM ada)""",
            self.estate.acme.id,
            self.world.clock(),
            ADA.subject,
        )
        self.ada = None

    async def ada_comes_by_an_old_hash(self) -> None:
        await self._session(legacy=self.estate.old_hash(ADA))

    async def ada_is_linked(self) -> None:
        """With an account that she had before."""
        ada = await self._ada()
        if ada is not None:
            other = Person("Ada Byron", "byron@example.com", f"u-{uuid4()}")
            before = await add_identity(self.world.db, ada.workspace, other, self.world.clock())
            self.links.append(str(await add_link(self.world.db, ada, before, self.world.clock())))

    async def _ada(self) -> Identity | None:
        """Who her next proof is of."""
        row = await self.world.db.fetchrow(
            """SELECT i.id, i.contact_id FROM contact_identity i WHERE workspace_id = $1 AND subject = $2
                  AND EXISTS (SELECT FROM session s WHERE s.workspace_id = $1 AND s.identity_id = i.id)
                ORDER BY created_at DESC, provider LIMIT 1""",
            self.estate.acme.id,
            ADA.subject,
        )
        return None if row is None else Identity(self.estate.acme.id, row["id"], row["contact_id"])

    # ── Strangers, who claim what they like ──────────────────────────────────────────────────────────────────

    async def a_stranger_claims(self, person: Person, words: str, client_id: UUID) -> None:
        secret = await self._session(claims={"email": person.email, "name": person.name})
        await self._start(secret, words, client_id)

    async def a_stranger_asks_for_codes(self, address: str) -> None:
        """As often as one mailbox is written to, and once more."""
        secret = await self._session()
        for _ in range(4):
            await self.call("POST", "/session/proofs", {"kind": "code", "email": address}, secret)
        another = await self._session()
        for _ in range(2):
            await self.call("POST", "/session/proofs", {"kind": "code", "email": address}, another)

    async def strangers_bring_bad_proofs(self) -> None:
        """Refusals are counted and kept, for the team."""
        bad = {"product": OLD_PRODUCT, "user_id": ADA.subject, "hash": "0" * 64}
        for proof in ({"identity_token": "a.b.c"}, {"legacy": bad}):
            await self._session(**proof)
        await self.grace("GET", "/identity-health")

    async def a_crowd_has_written_before(self) -> None:
        """Years of other people's conversations, laid down at once."""
        now, workspace = self.world.clock(), self.estate.acme.id
        contact = uuid4()
        await self.world.db.execute(
            "INSERT INTO contact VALUES ($1, $2, 'user', $3)", workspace, contact, now
        )
        identity = uuid4()
        await self.world.db.execute(
            """INSERT INTO contact_identity (workspace_id, id, provider, subject, contact_id, created_at)
               VALUES ($1, $2, 'site', $3, $4, $5)""",
            workspace,
            identity,
            f"u-{identity}",
            contact,
            now,
        )
        await self.world.db.execute(
            """WITH begun AS (
                   INSERT INTO conversation (workspace_id, id, contact_id, owner, origin_session, client_id, started_at,
                                             next_seq, next_team_seq, last_at, last_id, last_author_kind, last_excerpt)
                   SELECT $1, gen_random_uuid(), $2, $3, NULL, gen_random_uuid(), $4, 2, 2, $4, gen_random_uuid(),
                          'teammate', 'far away' FROM generate_series(1, $5) RETURNING id, last_id, client_id)
               INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, assurance,
                                    body, client_id, sent_at)
               SELECT $1, last_id, id, 1, 1, 'public', 'teammate', 'none', 'far away', client_id, $4 FROM begun""",
            workspace,
            contact,
            identity,
            now,
            FAR_AWAY,
        )

    # ── Grace, about them ────────────────────────────────────────────────────────────────────────────────────

    async def grace_writes(self, conversation: str, words: str, kind: str, client_id: UUID) -> None:
        said = {"body": words, "kind": kind, "client_id": str(client_id)}
        await self.grace("POST", f"/conversations/{conversation}/messages", said)

    async def grace_closes(self, conversation: str) -> None:
        await self.grace("POST", f"/conversations/{conversation}/close")

    async def grace_reads(self, conversation: str) -> None:
        await self.grace("GET", f"/conversations/{conversation}/messages")

    async def grace_takes(self, conversation: str) -> None:
        await self.grace(
            "POST", f"/conversations/{conversation}/assign", {"teammate_id": str(self.estate.grace)}
        )

    async def grace_starts_one_for_ada(self, words: str, client_id: UUID) -> None:
        asked = {
            "identity": {"provider": "site", "subject": ADA.subject},
            "body": words,
            "client_id": str(client_id),
        }
        answer = await self.grace("POST", "/conversations", asked)
        if answer.status == 201:
            self.ids.append(answer.json()["id"])

    async def grace_acts_on_ada(self, what: str) -> None:
        ada = await self._ada()
        if ada is not None:
            await self.grace("POST", f"/identities/{ada.id}/{what}")
        if what in ("retire", "sign-out"):
            self.ada = None

    async def grace_blocks(self, secret: str | None, what: str) -> None:
        """Whoever holds this secret: an identity where one was proved, else the session."""
        if secret is None:
            return
        session = session_of(secret)
        identity = await self.world.db.fetchval(
            "SELECT identity_id FROM session WHERE workspace_id = $1 AND id = $2",
            self.estate.acme.id,
            session,
        )
        whom = f"/identities/{identity}" if identity is not None else f"/sessions/{session}"
        await self.grace("POST", f"{whom}/{what}")

    # ── What these share ─────────────────────────────────────────────────────────────────────────────────────

    async def _session(self, **fields: Any) -> str | None:
        """None where there is none to be had: a token of the second in which she signed out everywhere is spent."""
        return self._keep_session(
            await self.call("POST", "/sessions", {"workspace": str(self.estate.acme.id), **fields})
        )

    def _keep_session(self, answer: Answer) -> str | None:
        if answer.status != 201:
            return None
        secret: str = answer.json()["session"]["token"]
        self.sessions.append(str(session_of(secret)))
        return secret

    async def _start(self, secret: str | None, words: str, client_id: UUID) -> None:
        said = {"body": words, "client_id": str(client_id)}
        answer = await self.call("POST", "/conversations", said, secret)
        if answer.status == 201:
            self.ids.append(answer.json()["id"])


def session_of(secret: str) -> UUID:
    credential = Credential.parse(secret)
    assert credential is not None, "a secret that the house gave is one of its own"
    return credential.id
