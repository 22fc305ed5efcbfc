"""The world of the demo: Acme's workspace, Grace who answers, and a small past that Ada can find again.

The past goes through the same doors as the present: Ada proves who she is with tokens that Acme signed, Grace signs
in. Only the clock stands where it stood that day.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from msgspec import Struct

import privity_client
from demo.people import ADA
from privity.cli.demo.past import GRACE, PAST, Chat, Line
from privity.conversations import actions as contact
from privity.conversations import team
from privity.conversations.model import Draft
from privity.house import House
from privity.people import actions as people
from privity.people.door import admit
from privity.people.model import SCOPES, Badge, Member
from privity.proofs import actions as proofs
from privity.proofs import store as sessions
from privity.proofs.carriers import Carried, Knock
from privity.proofs.ending import end
from privity.proofs.model import Caller
from privity.web import wire
from privity.workspaces import actions as workspaces
from privity.workspaces import rules
from privity.workspaces.actions import Founded

OWN_NETWORK = "127.0.0.1"


class SigningKey(Struct):
    kid: str
    alg: str
    secret: str


class Teammate(Struct):
    email: str
    password: str


class Handout(Struct):
    """Everything that somebody needs to play both sides."""

    base_url: str
    site_url: str
    workspace: str
    signing_key: SigningKey
    teammate: Teammate
    api_key: str

    @property
    def workspace_id(self) -> UUID:
        return UUID(self.workspace)


class ShiftableClock:
    """Tells the time; for as long as a past is laid out, the time of that day."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ago = timedelta(0)

    def __call__(self) -> datetime:
        return self._now() - self._ago

    def forward(self, seconds: float) -> None:
        self._ago -= timedelta(seconds=seconds)

    @contextmanager
    def at(self, days_ago: int, hour: int) -> Iterator[None]:
        """A day of the past goes on from this hour, for as long as the context lasts."""
        now = self._now()
        self._ago = now - (now - timedelta(days=days_ago)).replace(hour=hour, minute=12)
        try:
            yield
        finally:
            self._ago = timedelta(0)


async def lay_out(house: House, clock: ShiftableClock, site_url: str) -> Handout:
    """Workspace, Grace, keys and past, on an empty database."""
    password = secrets.token_urlsafe(12)
    with clock.at(days_ago=60, hour=9):
        founded = await _found(house, site_url, password)
        await rules.change(house, founded.id, "codes", "on")
        api_key = await people.add_key(house, founded.id, "demo", sorted(SCOPES))
    for chat in PAST:
        with clock.at(chat.days_ago, chat.hour):
            await _Day(house, clock, founded, site_url, password).hold(chat)
    return Handout(
        base_url=house.settings.base_url,
        site_url=site_url,
        workspace=str(founded.id),
        signing_key=SigningKey(founded.key.kid, founded.key.alg, founded.key.material.decode()),
        teammate=Teammate(GRACE.email, password),
        api_key=api_key,
    )


async def _found(house: House, site_url: str, password: str) -> Founded:
    plan = await workspaces.plan(
        house,
        name="Acme",
        site=site_url,
        owner_name=GRACE.name,
        owner_email=GRACE.email,
        password=password,
    )
    return await workspaces.found(house, plan)


@dataclass(frozen=True, slots=True)
class _Day:
    """One day of the past, on which Ada and Grace talked."""

    house: House
    clock: ShiftableClock
    founded: Founded
    site_url: str
    password: str

    async def hold(self, chat: Chat) -> None:
        grace, ada = await self.grace_signs_in(), await self.ada_proves_herself(chat.page)
        first, *others = chat.lines
        started, _ = await contact.start(self.house, ada, _draft(first), self.site_url + chat.page)
        for line in others:
            await self.go_by(line.after, ada)
            if line.by == "ada":
                await contact.send(self.house, ada, started.id, _draft(line))
            else:
                await team.write(self.house, grace, started.id, _written(line))
        await contact.mark_read(self.house, ada, started.id, len(chat.lines))
        if not chat.waits:
            await team.mark_read(self.house, grace, started.id, len(chat.lines))
            await team.close(self.house, grace, started.id)
        await end(self.house, ada)
        await people.sign_out(self.house, grace)

    async def grace_signs_in(self) -> Member:
        who = wire.SignIn(email=GRACE.email, password=self.password)
        credential, _ = await people.sign_in(self.house, who, OWN_NETWORK)
        return await admit(self.house, Badge("session", credential))

    async def ada_proves_herself(self, page: str) -> Caller:
        ask = wire.OpenSession(
            workspace=str(self.founded.id), identity_token=self.token_of_ada(), page=self.site_url + page
        )
        knock = Knock(Carried(None, None, by_browser=False), OWN_NETWORK, "Firefox on Linux")
        return (await proofs.open_session(self.house, knock, ask)).caller

    def token_of_ada(self) -> str:
        key = self.founded.key
        return privity_client.sign_identity(
            workspace=str(self.founded.id),
            subject=ADA.subject,
            email=ADA.email,
            email_verified=ADA.email_verified,
            name=ADA.name,
            key=privity_client.SigningKey(key.kid, key.material.decode()),
            now=self.clock(),
        )

    async def go_by(self, seconds: float, ada: Caller) -> None:
        """Time passes, with Ada's page open."""
        self.clock.forward(seconds)
        await sessions.touch(self.house, ada.viewer.workspace, ada.viewer.session)


def _draft(line: Line) -> Draft:
    return Draft(line.words, uuid4())


def _written(line: Line) -> wire.WriteMessage:
    return wire.WriteMessage(body=line.words, client_id=uuid4())
