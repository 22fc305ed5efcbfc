"""Signing a user out everywhere, by the id that the site gave them: any text, slashes included."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest

from privity.house import House
from privity.vouching import legacy
from privity.web.wire import LegacyProduct
from tests.cast import ADA, BOB, Person
from tests.doors import Script
from tests.proofs.old_site import SECRETS, hashed
from tests.team.desk import Desk

NewContact = Callable[[], Script]


async def sign_out(desk: Desk, subject: str) -> httpx.Response:
    return await desk.call("POST", f"/users/{quote(subject, safe='')}/sign-out")


async def test_ada_is_signed_out_everywhere_and_bob_stays(grace: Desk, new_contact: NewContact) -> None:
    ada, at_home, bob = new_contact(), new_contact(), new_contact()
    for contact, person in ((ada, ADA), (at_home, ADA), (bob, BOB)):
        await contact.open(person)
    token = ada.acme.token(ADA)

    assert (await sign_out(grace, ADA.subject)).status_code == 204

    assert [(await one.state()).status_code for one in (ada, at_home, bob)] == [401, 401, 200]
    again = await new_contact().open(identity_token=token)
    assert (again.status_code, again.json()["detail"]) == (401, "spent")


@pytest.mark.parametrize(
    "subject", ["acme/ada", "acme/", "/acme//ada", "Ада 🙂", "100%", "acme%2Fada", "a?b#c", "sign-out", "a;b"]
)
async def test_whatever_the_site_calls_a_user_names_that_one_and_no_other(
    grace: Desk, new_contact: NewContact, subject: str
) -> None:
    named, near = new_contact(), new_contact()
    await named.open(Person("Ada", ADA.email, subject))
    await near.open(Person("Somebody", BOB.email, subject.replace("%2F", "/").strip("/") + "~"))
    for other in {subject.strip("/"), quote(subject, safe=""), subject.replace("%2F", "/")} - {subject}:
        assert (await sign_out(grace, other)).status_code == 404, "no user of this id"
    assert (await named.state()).status_code == 200

    assert (await sign_out(grace, subject)).status_code == 204

    assert (await named.state()).status_code == 401
    assert (await near.state()).status_code == 200


@pytest.mark.attack("A-209")
async def test_another_workspaces_user_is_nobody_here(otto: Desk, new_contact: NewContact) -> None:
    ada = new_contact()
    await ada.open(ADA)

    foreign, made_up = await sign_out(otto, ADA.subject), await sign_out(otto, "u-made-up")

    assert (foreign.status_code, foreign.content) == (made_up.status_code, made_up.content)
    assert foreign.status_code == 404
    assert (await ada.state()).status_code == 200


async def test_whom_old_hashes_prove_under_the_same_id_is_signed_out_too(
    grace: Desk, new_contact: NewContact, house: House
) -> None:
    """By the site's own id of the user; and by what the inbox shows of one that is known by an address alone."""
    acme = new_contact().acme
    named: tuple[tuple[LegacyProduct, str, str], ...] = (
        ("intercom", "user_id", ADA.subject),
        ("chatwoot", "user_id", ADA.subject),
        ("intercom", "user_id", BOB.subject),
        ("crisp", "email", ADA.email),
    )
    told = [{"product": product, kind: one, "hash": hashed(product, one)} for product, kind, one in named]
    products: tuple[LegacyProduct, ...] = ("intercom", "chatwoot", "crisp")
    for product in products:
        await legacy.turn_on(house, acme.id, product, SECRETS[product], house.clock() + timedelta(days=9))
    contacts = [new_contact() for _ in told]
    for contact, one in zip(contacts, told, strict=True):
        assert (await contact.open(legacy=one)).status_code == 201

    assert (await sign_out(grace, ADA.subject)).status_code == 204
    assert [(await one.state()).status_code for one in contacts] == [401, 401, 200, 200]

    assert (await sign_out(grace, f"crisp:email:{ADA.email}")).status_code == 204
    assert [(await one.state()).status_code for one in contacts] == [401, 401, 200, 401]
    again = await new_contact().open(legacy=told[0])
    assert (again.status_code, again.json()["detail"]) == (401, "legacy_spent")
