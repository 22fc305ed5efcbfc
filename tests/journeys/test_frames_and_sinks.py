"""What frames the inbox and the panel, who is heard there, and which text could become markup: nobody, and none."""

from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.cast import ADA
from tests.journeys.town import Town

EVIL = "http://evil.test"
REFUSED = "chrome-error://chromewebdata/"
QUESTION = "Where is the lamp of order 4711?"

KNOCK = """([target, origin]) => {
  const heard = [], channel = new MessageChannel();
  addEventListener("message", ({ data }) => heard.push(data));
  channel.port1.onmessage = ({ data }) => heard.push(data);
  target = typeof target === "number" ? frames[target] : document.querySelector(target).shadowRoot
    .querySelector("iframe").contentWindow;
  for (const message of [["who", 1, { token: "x.y.z" }, "/"], ["shown", true], ["shutdown"], "privity"])
    target?.postMessage(message, origin);
  target?.postMessage("privity", origin, [channel.port2]);
  channel.port1.postMessage(["shutdown"]);
  globalThis.heard = heard;
}"""

SINKS = """() => {
  const tried = [
    () => { document.body.innerHTML = "<b>in</b>"; },
    () => document.body.insertAdjacentHTML("beforeend", "<b>in</b>"),
    () => document.write("<b>in</b>"),
    () => new DOMParser().parseFromString("<b>in</b>", "text/html"),
    () => document.createRange().createContextualFragment("<b>in</b>"),
    () => { document.createElement("script").text = "globalThis.ran = true"; },
    () => { document.createElement("script").src = "/assets/x.js"; },
    () => { document.createElement("iframe").srcdoc = "<b>in</b>"; },
    () => setTimeout("globalThis.ran = true"),
    () => new Worker("data:text/javascript,1"),
    () => trustedTypes.createPolicy("mine", { createHTML: (text) => text }),
    () => trustedTypes.createPolicy("default", { createHTML: (text) => text }),
  ];
  // Later, on its own: what a test's tool runs itself may do more than a page.
  setTimeout(() => eval("globalThis.ran = true"));
  setTimeout(() => new Function("globalThis.ran = true")());
  return tried.filter((act) => { try { act(); return true; } catch { return false; } }).map(String);
}"""


async def evil(browser: BrowserContext, body: str) -> Page:
    """A page of another origin, with this in it."""

    async def answer(route: Route) -> None:
        shown = body if route.request.url == f"{EVIL}/" else "Something that may be framed."
        await route.fulfill(content_type="text/html", body=f"<!doctype html>{shown}")

    page = await browser.new_page()
    await page.route(f"{EVIL}/**", answer)
    await page.goto(f"{EVIL}/")
    return page


@pytest.mark.attack("A-185")
async def test_a_page_of_another_origin_shows_neither_the_inbox_nor_the_panel_in_a_frame(town: Town) -> None:
    addresses = ["/inbox", "/setup", f"/widget/frame?workspace={town.acme.id}", "/api/v1/me", "/openapi.json"]
    frames = [f'<iframe src="{town.chat}{address}"></iframe>' for address in addresses]
    may_be_framed = f'<iframe src="{EVIL}/anything"></iframe>'
    page = await evil(await town.clean_browser(), "".join(frames) + may_be_framed)
    expected = [REFUSED] * len(addresses) + [f"{EVIL}/anything"]
    for frame, address in zip(page.frames[1:], expected, strict=True):
        # A frame of another process tells where it is when it comes to it.
        await frame.wait_for_url(address)


@pytest.mark.attack("A-193")
async def test_the_panel_hears_no_window_but_the_page_of_an_allowed_site_that_holds_it(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    await ada.open_chat()
    await ada.sees_past(QUESTION)
    await ada.page.evaluate(KNOCK, ["privity-chat", town.chat])
    await ada.come_back()
    await ada.sees_past(QUESTION)
    assert await ada.page.evaluate("heard") == [], "the port that came first is the only one"

    browser = ada.page.context
    stranger = await evil(
        browser, f'<iframe src="{town.chat}/widget/frame?workspace={town.acme.id}"></iframe>'
    )
    await stranger.evaluate(KNOCK, [0, "*"])
    opened = await popped_up(stranger, f"{town.chat}/widget/frame?workspace={town.acme.id}")
    assert await stranger.evaluate("heard") == []
    assert await opened.evaluate("opener") is None, "it is in no group with who opened it"
    await expect(opened.get_by_text(QUESTION)).to_have_count(0)
    await ada.sees_past(QUESTION)


@pytest.mark.attack("A-176")
async def test_no_text_becomes_markup_or_program_in_the_inbox_or_the_panel(town: Town) -> None:
    visitor = await town.shopper()
    await visitor.open_chat()
    page = await (await town.clean_browser()).new_page()
    await page.goto(f"{town.chat}/inbox")
    for place in (await visitor.frame(), page):
        assert await place.evaluate(SINKS) == []
        await place.evaluate("new Promise((resolve) => setTimeout(resolve))")
        assert not await place.evaluate("'ran' in globalThis")


@pytest.mark.attack("A-182", "A-200")
async def test_nothing_in_an_address_is_taken_for_an_order(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada = await town.signed_in("Ada")
    asked = (
        "?__proto__[polluted]=1&constructor[prototype][polluted]=1&open_conversation=1&privity=x#privity-open"
    )
    await ada.visit(f"/static/help.html{asked}")
    await ada.open_chat()
    await ada.sees_past(QUESTION)
    assert not await ada.page.evaluate("'polluted' in {}")
    assert not await (await ada.frame()).evaluate("'polluted' in {}")
    page = await (await town.clean_browser()).new_page()
    await page.goto(f"{town.chat}/inbox/{asked}")
    await expect(page.get_by_label("Password")).to_be_visible()
    assert not await page.evaluate("'polluted' in {}")


async def popped_up(page: Page, address: str) -> Any:
    async with page.expect_popup() as popping:
        await page.evaluate("address => void open(address)", address)
    popup = await popping.value
    await popup.wait_for_load_state()
    return popup
