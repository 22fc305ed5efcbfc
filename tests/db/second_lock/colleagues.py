"""The teams of a world that was laid out: what each member brings to the door, and what they ought to reach."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID, uuid4

from privity.db.pool import Connection
from privity.people.model import SCOPES, Badge, Scope
from privity.policy.facts import TeamViewer
from privity.secret import SecretBytes
from privity.web.credential import Credential
from tests.cast import Person
from tests.clock import MONDAY_MORNING as NOW
from tests.db.second_lock.plans import Works
from tests.db.worlds import add_teammate


@dataclass(frozen=True, slots=True)
class Colleague:
    """A teammate's session, or a key. `id` is the account's or the key's; an auditor reaches nothing that was said."""

    badge: Badge
    id: UUID
    lives: bool
    scopes: frozenset[Scope]

    def viewer(self, scope: Scope) -> TeamViewer:
        workspace = self.badge.credential.workspace
        kind: Literal["teammate", "key"] = "key" if self.badge.kind == "key" else "teammate"
        return TeamViewer(workspace, self.id, kind, self.lives, scope in self.scopes)


async def hire(db: Connection, town: UUID, works: Works) -> Colleague:
    credential = Credential(town, uuid4(), SecretBytes(uuid4().bytes * 2))
    if works.role is None:
        await _add_key(db, credential, works)
        scopes = frozenset(works.scopes)
        return Colleague(Badge("key", credential), credential.id, works.state == "lives", scopes)
    teammate = await _seat(db, credential, works)
    reached = frozenset[Scope]() if works.role == "auditor" else SCOPES
    return Colleague(Badge("session", credential), teammate, works.state == "lives", reached)


async def _add_key(db: Connection, credential: Credential, works: Works) -> None:
    await db.execute(
        """INSERT INTO api_key (workspace_id, id, name, secret_hash, scopes, created_at, revoked_at)
           VALUES ($1, $2, 'the shop', $3, $4, $5, $6)""",
        credential.workspace,
        credential.id,
        credential.hash(),
        sorted(works.scopes),
        NOW,
        None if works.state == "lives" else NOW,
    )


async def _seat(db: Connection, credential: Credential, works: Works) -> UUID:
    """At a desk of their own."""
    teammate = await add_teammate(db, credential.workspace, Person("Grace", f"{uuid4()}@acme.example", ""))
    await db.execute(
        "UPDATE teammate SET role = $2, disabled_at = $3 WHERE id = $1",
        teammate,
        works.role,
        NOW if works.state == "disabled" else None,
    )
    await db.execute(
        """INSERT INTO teammate_session (workspace_id, id, teammate_id, secret_hash, started_at, last_seen_at,
                                         expires_at, ended_at) VALUES ($1, $2, $3, $4, $5, $5, $6, $7)""",
        credential.workspace,
        credential.id,
        teammate,
        credential.hash(),
        NOW,
        NOW if works.state == "expired" else NOW + timedelta(hours=1),
        NOW if works.state == "ended" else None,
    )
    return teammate
