"""The one town of the matrix: who lives there, and what was said before anybody goes to a door."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from litestar.types import ASGIApp

from privity.db.pool import Connection
from privity.house import House
from tests.cast import ADA, BOB, Person
from tests.clock import Clock
from tests.db.worlds import Identity, Seat, add_conversation, add_identity, add_lead, add_user
from tests.doors import CHAT, Acme

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
        await self._say(await add_lead(self.db, self.acme.id))
        erased = await self._say(await add_user(self.db, self.identities[self.acme.id, ADA]), erased=True)
        await self.db.execute("UPDATE conversation SET erased_at = now() WHERE id = $1", erased)

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

    def other(self, acme: Acme) -> Acme:
        return self.elsewhere if acme is self.acme else self.acme

    async def neighbour(self, acme: Acme, person: Person) -> Sitting:
        """A user of this workspace who is somebody else."""
        person = next(
            one for (workspace, one) in self.identities if workspace == acme.id and one is not person
        )
        seat = await add_user(self.db, self.identities[acme.id, person])
        return Sitting(acme, person=person, seat=seat)

    async def strangers(self, sitting: Sitting) -> list[Sitting]:
        """Users of the other workspace; and for a contact, of its own as well."""
        other = self.other(sitting.acme)
        workspaces = [other] if sitting.seat is None else [sitting.acme, other]
        return [await self.neighbour(acme, sitting.person) for acme in workspaces]

    def owns(self, sitting: Sitting, conversation: UUID) -> bool:
        """Whether it was made as this sitting's own, or as the same person's at another."""
        seat, owner = sitting.seat, self.owners.get(conversation)
        return seat is not None and owner is not None and owner in (seat.identity, seat.id)

    def token(self, sitting: Sitting) -> str:
        """An identity token that the site made for this person."""
        return sitting.acme.token(sitting.person)
