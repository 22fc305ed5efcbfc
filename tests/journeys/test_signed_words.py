"""Grace reads what the site signs, on a person's card, and how its keys are used, among the settings."""

from datetime import timedelta

from playwright.async_api import expect

from privity.vouching import keys
from privity_client import SigningKey, sign_identity
from tests.cast import ADA
from tests.journeys.reading import faults
from tests.journeys.town import Town, device_at

PICTURE = "https://shop.example/ada.png"


async def test_grace_reads_on_adas_card_what_the_site_signed(town: Town) -> None:
    asked: list[str] = []
    await ada_wrote(town, "Where is my lamp?")
    grace = await town.grace()
    grace.page.on("request", lambda request: asked.append(request.url))

    await grace.open("Where is my lamp?")

    signed = grace.person.get_by_role("region", name="Signed by the site")
    for words in ("company", "Analytical Engines", "seats", "12", "trial", "no", PICTURE):
        await expect(signed.get_by_text(words, exact=True)).to_be_visible()
    assert PICTURE not in asked, "a picture is an address to read"
    assert await faults(grace.page) == []


async def test_grace_sees_that_the_old_key_stops_and_how_often_each_proved(town: Town) -> None:
    newer = keys.new_secret(town.clock()).called("The new shop", "shop.example")
    await keys.add(town.house, town.acme.id, newer)
    await keys.stop(town.house, town.acme.id, town.acme.key.kid, town.clock() + timedelta(days=7))
    await ada_wrote(town, "Where is my lamp?")
    await town.house.tally.flush()
    grace = await town.grace()

    await grace.page.get_by_role("link", name="Settings").click()

    lines = grace.page.get_by_role("listitem")
    older = lines.filter(has_text=town.acme.key.kid)
    await expect(older).to_contain_text("1 token accepted")
    await expect(older).to_contain_text("stops")
    await expect(lines.filter(has_text="The new shop")).to_contain_text("the issuer shop.example")
    assert await faults(grace.page) == []


async def ada_wrote(town: Town, words: str) -> None:
    """On a device that is not here, proved by a token that says more of her than who she is."""
    key = town.acme.key
    token = sign_identity(
        workspace=str(town.acme.id),
        subject=ADA.subject,
        name=ADA.name,
        key=SigningKey(key.kid, key.material.decode()),
        attributes={"company": "Analytical Engines", "seats": 12, "trial": False, "avatar": PICTURE},
        now=town.clock(),
    )
    async with device_at(town.chat) as device:
        opened = await device.post(
            "/widget/v1/sessions", json={"workspace": str(town.acme.id), "identity_token": token}
        )
        device.headers["Authorization"] = f"Bearer {opened.json()['session']['token']}"
        said = {"body": words, "client_id": "3d5a4c1e-9a1f-4a52-8a41-0a6d0c2d7b11"}
        answer = await device.post("/widget/v1/conversations", json=said)
        assert answer.status_code == 201, answer.text
