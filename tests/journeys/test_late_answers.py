"""What the chat said to Ada and comes when she has gone already is dropped, whoever sits there now."""

import socket
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from playwright.async_api import expect

from privity.cli.serving import port_of
from tests.cast import ADA, BOB, Person
from tests.journeys.shopper import LOCKED, Shopper
from tests.journeys.slow_wire import SlowWire, slow_wire
from tests.journeys.town import Town, device_at

QUESTION = "Where is the lamp of order 4711?"
READY = '"type":"ready"'
LATE = "And one more thing, bittern93d2."

REMEMBER = """() => {
  globalThis.seen = [];
  new MutationObserver(() => seen.push(document.body.innerText))
    .observe(document.body, { childList: true, characterData: true, subtree: true, attributes: true });
}"""
ONE_MORE_ANSWER = """async () => {
  await (await fetch("/loader.js", { cache: "no-store" })).text();
  await new Promise((done) => setTimeout(done));
}"""


@pytest.fixture
async def wire_and_port(chat_port: socket.socket) -> AsyncIterator[tuple[SlowWire, int]]:
    async with slow_wire(port_of(chat_port)) as both:
        yield both


@pytest.fixture
def wire(wire_and_port: tuple[SlowWire, int]) -> SlowWire:
    return wire_and_port[0]


@pytest.fixture
def chat_origin(wire_and_port: tuple[SlowWire, int]) -> str:
    """Browsers reach the house by the wire alone."""
    return f"http://127.0.0.1:{wire_and_port[1]}"


@pytest.fixture
async def tab(town: Town, wire: SlowWire) -> Shopper:
    """Ada's, with the chat open, in which she finds what she once wrote, and with a socket that tells her the rest."""
    await town.once_wrote(ADA, QUESTION)
    tab = await town.signed_in("Ada")
    await tab.open_chat()
    await wire.frames_with(READY)
    return tab


@pytest.mark.attack("A-78")
async def test_a_page_of_history_that_comes_after_the_end_is_dropped(tab: Shopper, wire: SlowWire) -> None:
    await tab.sees_past(QUESTION)
    wire.keep_back()
    await tab.past.get_by_role("button", name=QUESTION).click()
    await wire.holds(QUESTION)

    await she_is_gone_and_then_it_comes(tab, wire)
    assert all(QUESTION not in shown for shown in await what_was_shown_since(tab))


@pytest.mark.attack("A-78")
async def test_a_frame_that_comes_after_the_end_is_dropped(town: Town, tab: Shopper, wire: SlowWire) -> None:
    await tab.open_past(QUESTION)
    wire.keep_back()
    await writes_elsewhere(ADA, town, wire, "In time, for once.")
    await wire.holds("In time, for once.")
    wire.let_go()
    await expect(tab.said("In time, for once.")).to_be_visible()

    wire.keep_back()
    await writes_elsewhere(ADA, town, wire, LATE)
    await wire.holds(LATE)
    await she_is_gone_and_then_it_comes(tab, wire)
    assert all("bittern93d2" not in shown for shown in await what_was_shown_since(tab))


@pytest.mark.attack("A-77", "A-78")
async def test_what_ada_is_told_and_comes_when_bob_sits_there_is_dropped(
    town: Town, tab: Shopper, wire: SlowWire
) -> None:
    """An answer to what she asked, a frame on her socket, and that frame once more on his, which knows it for no
    conversation of his. An answer where nobody asked would be no trial: a browser hands it to nobody."""
    await tab.sees_past(QUESTION)
    wire.record()
    wire.keep_back(QUESTION, LATE)
    await tab.past.get_by_role("button", name=QUESTION).click()
    await writes_elsewhere(ADA, town, wire, LATE)
    await wire.holds(QUESTION)
    await wire.holds(LATE)
    hers = await wire.frames_with(LATE)

    wire.record()
    await bob_takes_her_place(tab)
    await tab.write("Do you sell bulbs?")
    await wire.frames_with(READY)
    await (await tab.frame()).evaluate(REMEMBER)
    sockets = len(tab.sockets)
    await it_comes(tab, wire)
    await wire.say_again(hers)
    await writes_elsewhere(BOB, town, wire, "The small ones.")
    await expect(tab.messages.get_by_text("The small ones.")).to_be_visible()
    assert len(tab.sockets) == sockets, "his frame has to come after hers for this to mean anything"
    assert all(hers not in shown for shown in await what_was_shown_since(tab) for hers in (QUESTION, LATE))


async def bob_takes_her_place(tab: Shopper) -> None:
    """At the same computer, in another tab; her panel hears of it when somebody looks at it again."""
    elsewhere = await tab.another_tab("/pricing")
    await elsewhere.sign_out_quietly()
    await elsewhere.sign_in_as("Bob")
    await elsewhere.page.close()
    await tab.come_back()
    await expect(tab.said("Hello Bob.")).to_be_visible()
    await expect(tab.past).to_have_count(0)


async def she_is_gone_and_then_it_comes(ada: Shopper, wire: SlowWire) -> None:
    """The shop forgets her in another tab, her panel hears of it, and only then the wire lets go."""
    elsewhere = await ada.another_tab("/pricing")
    await elsewhere.sign_out_quietly()
    await elsewhere.page.close()
    await ada.come_back()
    await expect(ada.said(LOCKED)).to_be_visible()
    await (await ada.frame()).evaluate(REMEMBER)
    await it_comes(ada, wire)
    await ada.sees_locked_home()
    await ada.hears_nothing_more()


async def it_comes(tab: Shopper, wire: SlowWire) -> None:
    """All that waited, and behind it an answer to the panel that nobody drops."""
    wire.let_go()
    await wire.has_said_all()
    await (await tab.frame()).evaluate(ONE_MORE_ANSWER)


async def what_was_shown_since(ada: Shopper) -> list[str]:
    shown: list[str] = await (await ada.frame()).evaluate("() => [...seen, document.body.innerText]")
    return shown


async def writes_elsewhere(person: Person, town: Town, wire: SlowWire, words: str) -> None:
    """From another device, and by a way that has no slow wire in it."""
    async with device_at(f"http://127.0.0.1:{wire.chat_port}") as device:
        who = {"workspace": str(town.acme.id), "identity_token": town.token_of(person)}
        opened = await device.post("/widget/v1/sessions", json=who)
        device.headers["Authorization"] = f"Bearer {opened.json()['session']['token']}"
        [found] = (await device.get("/widget/v1/conversations")).json()["items"]
        said = {"body": words, "client_id": str(uuid4())}
        answer = await device.post(f"/widget/v1/conversations/{found['id']}/messages", json=said)
        assert answer.status_code == 201, answer.text
