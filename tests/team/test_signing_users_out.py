"""Signing a user out everywhere, by the id that the site gave them: any text, slashes included."""

from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest

from tests.cast import ADA, BOB, Person
from tests.doors import Script
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


async def test_another_workspaces_user_is_nobody_here(otto: Desk, new_contact: NewContact) -> None:
    ada = new_contact()
    await ada.open(ADA)

    foreign, made_up = await sign_out(otto, ADA.subject), await sign_out(otto, "u-made-up")

    assert (foreign.status_code, foreign.content) == (made_up.status_code, made_up.content)
    assert foreign.status_code == 404
    assert (await ada.state()).status_code == 200
