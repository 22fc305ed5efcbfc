"""A secret makes somebody of whoever shows it while it is good, and nobody when it is wrong or over: what comes to them
all the same is a leak."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from privity.db.pool import Connection
from privity.house import House
from privity.people.actions import add_key, add_teammate, disable_teammate, revoke_keys, sign_in_as
from privity.people.door import COOKIE
from privity.secret import SecretBytes
from privity.web.credential import Credential
from tests.canary.listening import Ears, Exchange
from tests.canary.private import private_things
from tests.canary.sweep import leaks
from tests.cast import ADA, GRACE, VERA
from tests.clock import Clock
from tests.db.worlds import add_identity
from tests.doors import CHAT, Acme, Script
from tests.team.conftest import acme, grace, otto
from tests.team.desk import PASSWORD, Desk

__all__ = ["acme", "grace", "otto"]

HERS = "Where is my parcel with the blue ribbon?"
NOTE = "She has asked for this twice before."


@dataclass
class Town:
    """Ada, Grace and a program of Acme's, and the secret of each."""

    house: House
    db: Connection
    acme: Acme
    clock: Clock
    ada: Script
    grace: Desk
    secrets: dict[str, Credential]

    def shows(self, credential: Credential, heard: str = HERS) -> Exchange:
        """Somebody shows it now, and hears something."""
        at = Ears(clock=self.clock).moment()
        return Exchange("http /somewhere", b"", heard.encode(), credential, shown_at=at)

    async def leaks(self, *exchanges: Exchange) -> list[str]:
        return list(leaks(await private_things(self.db, exchanges), Ears([*exchanges])))


@pytest.fixture
async def town(
    house: House, owner_db: Connection, acme: Acme, clock: Clock, ada: Script, grace: Desk
) -> Town:
    conversation = (await ada.start(HERS)).json()["id"]
    assert (await grace.write(conversation, NOTE, kind="note")).status_code == 201
    secrets = {
        "Ada": shown_by(ada.secret or ""),
        "Grace": secret_at(grace),
        "a program": shown_by(await add_key(house, acme.id, "reports", ["conversations:read"])),
    }
    return Town(house, owner_db, acme, clock, ada, grace, secrets)


def shown_by(word: str) -> Credential:
    credential = Credential.parse(word[-86:])
    assert credential is not None
    return credential


def secret_at(desk: Desk) -> Credential:
    return shown_by(desk.http.cookies.get(COOKIE, domain=urlsplit(CHAT).netloc) or "")


async def ada_signs_out(town: Town) -> None:
    assert (await town.ada.end()).status_code == 204


async def adas_proof_expires(town: Town) -> None:
    town.clock.forward(minutes=10)


async def adas_page_is_gone(town: Town) -> None:
    town.clock.forward(seconds=60)


async def grace_signs_out(town: Town) -> None:
    assert (await town.grace.call("POST", "/sign-out")).status_code == 204


async def grace_leaves_her_desk(town: Town) -> None:
    town.clock.forward(hours=2)


async def graces_account_is_disabled(town: Town) -> None:
    await disable_teammate(town.house, town.acme.id, GRACE.email)


async def the_key_is_revoked(town: Town) -> None:
    await revoke_keys(town.house, town.acme.id, "reports")


async def acme_is_suspended(town: Town) -> None:
    await town.db.execute("UPDATE workspace SET suspended_at = $1", town.clock())


End = Callable[[Town], Awaitable[None]]
ENDS: list[tuple[str, End]] = [
    ("Ada", ada_signs_out),
    ("Ada", adas_proof_expires),
    ("Ada", adas_page_is_gone),
    ("Ada", acme_is_suspended),
    ("Grace", grace_signs_out),
    ("Grace", grace_leaves_her_desk),
    ("Grace", graces_account_is_disabled),
    ("Grace", acme_is_suspended),
    ("a program", the_key_is_revoked),
    ("a program", acme_is_suspended),
]


@pytest.mark.parametrize(("who", "end"), ENDS)
async def test_whoever_shows_a_secret_that_is_over_is_nobody(town: Town, who: str, end: End) -> None:
    secret = town.secrets[who]
    before = town.shows(secret)
    await end(town)
    after = town.shows(secret)

    assert await town.leaks(before) == [], "it was good until then"
    assert await town.leaks(before, after) == [
        f"whoever showed {secret.id}, which opens nothing, received {HERS!r} by http /somewhere"
    ]


async def test_whoever_guesses_a_secret_or_makes_up_an_id_is_nobody(town: Town) -> None:
    for secret in town.secrets.values():
        for wrong in (
            replace(secret, secret=SecretBytes(bytes(32))),
            replace(secret, id=uuid4()),
            replace(secret, workspace=uuid4()),
        ):
            assert await town.leaks(town.shows(wrong)) == [
                f"whoever showed {wrong.id}, which opens nothing, received {HERS!r} by http /somewhere"
            ]


async def test_notes_are_for_the_team_whose_they_are(town: Town, otto: Desk) -> None:
    ottos = secret_at(otto)
    assert await town.leaks(town.shows(town.secrets["Grace"], NOTE)) == []
    for secret in (ottos, town.secrets["Ada"]):
        (leak,) = await town.leaks(town.shows(secret, NOTE))
        assert f" received {NOTE!r} " in leak


async def test_what_is_adas_in_one_workspace_is_not_for_the_team_of_another_where_she_is_known_too(
    town: Town, otto: Desk
) -> None:
    ottos = secret_at(otto)
    await add_identity(town.db, ottos.workspace, ADA)
    assert await town.leaks(town.shows(ottos, ADA.name)) == [], "they know her"
    (leak,) = await town.leaks(town.shows(ottos, HERS))
    assert leak.startswith(f"one of the team of {ottos.workspace} ")


async def test_an_auditor_and_a_program_without_the_scope_hear_nothing_of_what_was_said(town: Town) -> None:
    vera = await add_teammate(
        town.house, town.acme.id, email=VERA.email, name=VERA.name, password=PASSWORD, role="auditor"
    )
    contacts = shown_by(await add_key(town.house, town.acme.id, "a list", ["contacts:read"]))
    for secret in (await sign_in_as(town.house, vera), contacts):
        for heard in (HERS, NOTE):
            (leak,) = await town.leaks(town.shows(secret, heard))
            assert f" received {heard!r} " in leak
    assert await town.leaks(town.shows(contacts, ADA.name)) == []


async def test_the_secret_of_adas_session_is_for_nobody_else(town: Town) -> None:
    hers = town.secrets["Ada"]
    hears = [town.shows(secret, hers.word()) for secret in town.secrets.values()]
    assert len(await town.leaks(*hears)) == 2, "Ada herself may"
