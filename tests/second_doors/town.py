"""The one town of the matrix: who lives there, what was said before anybody goes to a door, and fresh belongings."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
from litestar.types import ASGIApp

from privity.db.pool import Connection
from privity.house import House
from privity.vouching.discovery import Discovery
from tests.cast import ADA, BOB, Person
from tests.clock import Clock
from tests.db.worlds import (
    Identity,
    Seat,
    add_contact,
    add_conversation,
    add_identity,
    add_lead,
    add_link,
    add_teammate,
    add_user,
    end_session,
)
from tests.doors import CHAT, Acme

PROVIDER = UUID("00000000-0000-4000-8000-000000000001")
PAGE = {"Origin": CHAT, "Sec-Fetch-Site": "same-origin"}
EVE = Person("Eve Elsewhere", "eve@example.com", "u-eve")


@dataclass(frozen=True, slots=True)
class Standing:
    """A conversation that was there from the beginning. No request of anybody's here may change it."""

    id: UUID
    workspace: UUID
    owner: UUID | None
    erased: bool = False


@dataclass
class Sitting:
    """A fresh session or key: what it brings to a door, and whose it is. Without a `seat` it is no contact's."""

    acme: Acme
    headers: dict[str, str] = field(default_factory=dict)
    person: Person = ADA
    seat: Seat | None = None


@dataclass
class Town:
    db: Connection
    house: House
    app: ASGIApp
    acme: Acme
    elsewhere: Acme
    clock: Clock
    identities: dict[tuple[UUID, Person], Identity] = field(default_factory=dict)
    standing: list[Standing] = field(default_factory=list)
    owners: dict[UUID, UUID] = field(default_factory=dict)

    async def lay_out(self) -> None:
        for acme, person in (
            (self.acme, ADA),
            (self.acme, BOB),
            (self.elsewhere, ADA),
            (self.elsewhere, EVE),
        ):
            identity = await add_identity(self.db, acme.id, person)
            self.identities[acme.id, person] = identity
            await self._say(await add_user(self.db, identity))
        for acme in (self.acme, self.elsewhere):
            await self._add_provider(acme, PROVIDER)
        await self._say(await add_lead(self.db, self.acme.id))
        erased = await self._say(await add_user(self.db, self.identities[self.acme.id, ADA]), erased=True)
        await self.db.execute("UPDATE conversation SET erased_at = now() WHERE id = $1", erased)

    async def _add_provider(self, acme: Acme, provider: UUID) -> None:
        at = f"https://{provider}.example"
        discovery = Discovery(f"{at}/authorize", f"{at}/token", ("RS256",), ("none",), False, ())
        await self.db.execute(
            """INSERT INTO sign_in_provider (workspace_id, id, name, issuer, client_id, added_at, looked_at,
                                             discovered_at, discovery)
               VALUES ($1, $2, 'Acme ID', $3, 'privity', $4, $4, $4, $5)""",
            acme.id,
            provider,
            at,
            self.clock(),
            msgspec.json.encode(discovery).decode(),
        )

    async def _say(self, seat: Seat, erased: bool = False) -> UUID:
        conversation = await add_conversation(self.db, seat, f"Where is order {uuid4()}?", "Hello?")
        self.standing.append(Standing(conversation, seat.workspace, seat.identity, erased))
        return conversation

    async def fingerprint(self) -> str:
        """Of every word and number of what stands."""
        found: str = await self.db.fetchval(
            """SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
                   SELECT c::text AS line FROM conversation c WHERE c.id = ANY ($1)
                   UNION ALL SELECT m::text FROM message m WHERE m.conversation_id = ANY ($1)) AS lines""",
            [one.id for one in self.standing],
        )
        return found

    # ── What somebody may call their own, fresh ──────────────────────────────────────────────────────────────

    async def own(self, sitting: Sitting, name: str) -> str:
        """An id of this kind that is theirs."""
        kinds = {
            "conversation_id": self._conversation,
            "offered_id": self._offered,
            "adoption_id": self._adopted,
            "session_id": self._session,
            "contact_id": self._contact,
            "teammate_id": self._teammate,
            "external_id": self._subject,
            "kid": self._signing_key,
            "provider_id": self._provider,
            "identity_id": self._identity,
            "device_id": self._device,
            "link_id": self._link,
            "mailbox": self._mailbox,
        }
        assert name in kinds, f"tests/second_doors/town.py has to say what somebody's own {name} is"
        return str(await kinds[name](sitting))

    async def foreign(self, sitting: Sitting, name: str) -> list[str]:
        """Ids of this kind that are there, and are not theirs."""
        if name in ("conversation_id", "offered_id"):
            return [str(one.id) for one in self.standing if not self._is_own(sitting, one)]
        other = self.elsewhere if sitting.acme is self.acme else self.acme
        strangers = [Sitting(other)]
        if name in ("adoption_id", "device_id", "link_id"):
            strangers = [await self._neighbour(acme, sitting.person) for acme in (sitting.acme, other)]
        return [await self.own(stranger, name) for stranger in strangers]

    async def somebody(self, sitting: Sitting) -> Sitting:
        """A user of the workspace of those who answer there."""
        return await self._neighbour(sitting.acme, sitting.person)

    async def strangers(self, sitting: Sitting) -> list[Sitting]:
        """Users of the other workspace; and for a contact, of its own as well."""
        other = self.elsewhere if sitting.acme is self.acme else self.acme
        workspaces = [other] if sitting.seat is None else [sitting.acme, other]
        return [await self._neighbour(acme, sitting.person) for acme in workspaces]

    def _is_own(self, sitting: Sitting, one: Standing) -> bool:
        if one.erased or one.workspace != sitting.acme.id:
            return False
        return sitting.seat is None or (one.owner is not None and one.owner == sitting.seat.identity)

    async def _conversation(self, sitting: Sitting) -> UUID:
        seat = await self._seat(sitting)
        conversation = await add_conversation(self.db, seat, f"mine is {uuid4()}", "all mine")
        self.owners[conversation] = seat.identity or seat.id
        return conversation

    def owns(self, sitting: Sitting, conversation: UUID) -> bool:
        """Whether it was made as this sitting's own, or as the same person's at another."""
        seat, owner = sitting.seat, self.owners.get(conversation)
        return seat is not None and owner is not None and owner in (seat.identity, seat.id)

    async def _session(self, sitting: Sitting) -> UUID:
        return (await add_lead(self.db, sitting.acme.id)).id

    async def _contact(self, sitting: Sitting) -> UUID:
        return await add_contact(self.db, sitting.acme.id)

    async def _teammate(self, sitting: Sitting) -> UUID:
        return await add_teammate(self.db, sitting.acme.id, Person("Somebody", f"{uuid4()}@example.com", ""))

    async def _subject(self, sitting: Sitting) -> str:
        subject = f"u-{uuid4()}"
        await add_identity(self.db, sitting.acme.id, Person("Somebody", f"{subject}@example.com", subject))
        return subject

    async def _identity(self, sitting: Sitting) -> UUID:
        somebody = Person("Somebody", f"{uuid4()}@example.com", f"u-{uuid4()}")
        return (await add_identity(self.db, sitting.acme.id, somebody)).id

    async def _device(self, sitting: Sitting) -> UUID:
        return (await self._seat(sitting)).id

    async def _link(self, sitting: Sitting) -> UUID:
        seat = await self._seat(sitting)
        assert seat.identity is not None
        other = Person("The same", f"{uuid4()}@example.com", f"u-{uuid4()}")
        linked = await add_identity(self.db, sitting.acme.id, other)
        return await add_link(self.db, Identity(seat.workspace, seat.identity, seat.contact), linked)

    async def _mailbox(self, sitting: Sitting) -> str:
        return (BOB if sitting.acme is self.acme else EVE).email

    async def _seat(self, sitting: Sitting) -> Seat:
        """The session in which it was said: their own, or for the team a user's of their workspace."""
        if sitting.seat is not None:
            return sitting.seat
        return (await self._neighbour(sitting.acme, sitting.person)).seat or await add_lead(
            self.db, sitting.acme.id
        )

    async def _neighbour(self, acme: Acme, person: Person) -> Sitting:
        """A user of this workspace who is somebody else."""
        person = next(
            one for (workspace, one) in self.identities if workspace == acme.id and one is not person
        )
        seat = await add_user(self.db, self.identities[acme.id, person])
        return Sitting(acme, person=person, seat=seat)

    async def _offered(self, sitting: Sitting) -> UUID:
        """What the same browser wrote before its person proved who they are."""
        assert sitting.seat is not None
        assert sitting.seat.identity is not None
        lead = await add_lead(self.db, sitting.acme.id)
        conversation = await add_conversation(self.db, lead, "before I signed in")
        await end_session(self.db, lead)
        await self.db.execute(
            "INSERT INTO offer (workspace_id, session_id, identity_id, until) VALUES ($1, $2, $3, $4)",
            lead.workspace,
            lead.id,
            sitting.seat.identity,
            self.house.clock() + timedelta(hours=1),
        )
        await self.db.execute(
            "UPDATE session SET offer_sessions = ARRAY[$1::uuid] WHERE id = $2", lead.id, sitting.seat.id
        )
        return conversation

    async def _adopted(self, sitting: Sitting) -> UUID:
        assert sitting.seat is not None
        conversation, adoption = await self._offered(sitting), uuid4()
        await self.db.execute(
            """UPDATE conversation SET owner = $2, contact_id = $3 WHERE id = $1""",
            conversation,
            sitting.seat.identity,
            sitting.seat.contact,
        )
        await self.db.execute(
            """INSERT INTO adoption (workspace_id, id, conversation_id, identity_id, session_id, next_seq, at)
               SELECT workspace_id, $2, id, owner, origin_session, next_seq, $3 FROM conversation WHERE id = $1""",
            conversation,
            adoption,
            self.house.clock(),
        )
        return adoption

    async def _signing_key(self, sitting: Sitting) -> str:
        key = uuid4()
        await self.db.execute(
            """INSERT INTO signing_key (workspace_id, id, kid, alg, material, created_at)
               VALUES ($1, $2, $3, 'HS256', 'opens nothing', $4)""",
            sitting.acme.id,
            key,
            f"key-{key.hex[:8]}",
            self.house.clock(),
        )
        return f"key-{key.hex[:8]}"

    async def _provider(self, sitting: Sitting) -> UUID:
        provider = uuid4()
        await self._add_provider(sitting.acme, provider)
        return provider

    def token(self, sitting: Sitting) -> str:
        """An identity token that the site made for this person."""
        return sitting.acme.token(sitting.person)
