"""What a page still holds of Ada when somebody else sits there is found, wherever it is: or the sweep sees nothing."""

from playwright.async_api import BrowserContext, expect

from tests.canary.looking import look
from tests.canary.sweep import sweep
from tests.cast import ADA, BOB
from tests.database import Database
from tests.journeys.leftovers import held_by
from tests.journeys.shopper import Shopper
from tests.journeys.town import Town

LEFT_IN = {
    "an attribute": "document.body.dataset.left = hers",
    "a hidden element": "document.body.append(Object.assign(document.createElement('p'), { hidden: true, id: hers }))",
    "a shadow root": """{
        const host = document.body.appendChild(document.createElement("div"));
        host.attachShadow({ mode: "open" }).append(hers);
    }""",
    "a field": """{
        const field = document.querySelector("textarea");
        field.value = hers;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }""",
    "the title": "document.title = hers",
    "the storage of a tab": "sessionStorage.setItem('left', hers)",
    "the storage of a browser": "localStorage.setItem('left', hers)",
    "a database": """await new Promise((resolve) => {
        const opening = indexedDB.open("left");
        opening.onupgradeneeded = () => opening.result.createObjectStore("kept").add(hers, 1);
        opening.onsuccess = () => resolve(opening.result.close());
    })""",
    "a cache": "await (await caches.open('left')).put('/left', new Response(hers))",
}
AROUND_IT = "the page around the panel"


def hers(place: str) -> str:
    return f"What Ada left in {place}."


async def test_what_ada_left_anywhere_in_a_page_is_found_once_bob_sits_there(
    town: Town, cookieless_browser: BrowserContext, database: Database
) -> None:
    """In a browser in which the panel's frame may store something."""
    await town.once_wrote(ADA, *map(hers, (*LEFT_IN, AROUND_IT)))
    shopper = await Shopper.arriving(cookieless_browser, town.shop)
    await shopper.sign_in_as("Ada")
    await shopper.open_chat()
    await shopper.sees_past(hers("a field"))
    assert hers("a field") in await held_by(shopper.page), "she has it before her"
    await look(shopper.page)
    assert await sweep(database) == [], "it is her own page"

    await shopper.sign_in_as("Bob")
    await shopper.open_chat()
    await expect(shopper.said("Hello Bob.")).to_be_visible()
    await look(shopper.page)
    assert await sweep(database) == [], "needs a page in which nothing of hers is left"

    panel = await shopper.frame()
    for place, leaving in LEFT_IN.items():
        await panel.evaluate(f"async (hers) => {{ {leaving} }}", hers(place))
    await shopper.page.evaluate("(hers) => { document.body.dataset.left = hers }", hers(AROUND_IT))
    await look(shopper.page)

    bob = await town.owner_db.fetchval("SELECT id FROM contact_identity WHERE subject = $1", BOB.subject)
    found = {f"the contact {bob} received {hers(place)!r} by the page /widget/frame" for place in LEFT_IN}
    found.add(f"the page of a site received {hers(AROUND_IT)!r} by the page /orders")
    assert set(await sweep(database)) == found
    await shopper.page.goto("about:blank")
    database.ears.forget()
