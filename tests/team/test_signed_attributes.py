"""Grace reads what the site signs of a person, apart from what anybody types; their own chat is sent none of it."""

from datetime import timedelta
from typing import Any

import pytest

from privity_client import sign_identity
from tests.cast import ADA
from tests.doors import Acme, Script
from tests.team.conftest import NewClient
from tests.team.desk import Desk

SIGNED: dict[str, Any] = {
    "phone": "+44 20 7946 0000",
    "company": "Analytical Engines",
    "avatar": "https://shop.example/ada.png",
    "seats": 12,
    "rate": 0.5,
    "trial": False,
}


def token(acme: Acme, attributes: dict[str, Any], later: timedelta = timedelta(0)) -> str:
    return sign_identity(
        workspace=str(acme.id),
        subject=ADA.subject,
        key=acme.key,
        name=ADA.name,
        attributes=attributes,
        now=acme.clock() + later,
    )


async def shown(grace: Desk) -> dict[str, Any]:
    """The attributes on Ada's card."""
    [line] = (await grace.get("/contacts", kind="user"))["items"]
    [identity] = (await grace.get(f"/contacts/{line['id']}"))["identities"]
    attributes: dict[str, Any] = identity["attributes"]
    return attributes


async def test_grace_reads_what_the_site_signed_of_ada(grace: Desk, acme: Acme, door: NewClient) -> None:
    await Script(door(), acme).open(identity_token=token(acme, SIGNED))

    assert await shown(grace) == SIGNED


async def test_a_newer_proof_replaces_all_of_it(grace: Desk, acme: Acme, door: NewClient) -> None:
    ada = Script(door(), acme)
    await ada.open(identity_token=token(acme, SIGNED))
    renewed = await ada.call(
        "POST",
        "/widget/v1/session/proofs",
        {"kind": "token", "identity_token": token(acme, {"seats": 13}, timedelta(seconds=1))},
    )
    assert renewed.status_code == 200, renewed.text

    assert await shown(grace) == {"seats": 13}


@pytest.mark.attack("A-23")
async def test_what_somebody_types_changes_nothing_of_it(grace: Desk, acme: Acme, door: NewClient) -> None:
    ada = Script(door(), acme)
    await ada.open(identity_token=token(acme, SIGNED))

    typed = {"name": "Root", "email": "root@example.com"}
    said = await ada.call("PATCH", "/widget/v1/session", {"claims": typed})
    pressed = await ada.call(
        "PATCH", "/widget/v1/session", {"claims": {**typed, "attributes": {"seats": 99}}}
    )

    assert said.status_code == 200, said.text
    assert pressed.status_code == 422, "there is no such claim"
    assert await shown(grace) == SIGNED


async def test_ada_herself_is_sent_none_of_it(acme: Acme, door: NewClient) -> None:
    ada = Script(door(), acme)
    await ada.open(identity_token=token(acme, SIGNED))
    await ada.state()
    await ada.start("Hello")
    await ada.listed()

    assert not [answer for answer in ada.answered if "Analytical" in answer.text or "avatar" in answer.text]


async def test_what_does_not_fit_locks_nobody_out(grace: Desk, acme: Acme, door: NewClient) -> None:
    ada = Script(door(), acme)
    opened = await ada.open(
        identity_token=token(acme, {**SIGNED, "note": "n" * 501, "avatar": "http://shop.example/a.png"})
    )

    assert (opened.status_code, opened.json()["contact"]["assurance"]) == (201, "signed")
    assert await shown(grace) == {name: value for name, value in SIGNED.items() if name != "avatar"}
