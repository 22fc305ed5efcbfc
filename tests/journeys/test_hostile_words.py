"""What somebody writes is text: in the panel, in the inbox, wherever it is shown."""

from typing import Any

import pytest
from playwright.async_api import Frame, Page, expect

from tests.attacks.pages import the_text_that_is_never_markup
from tests.journeys.town import Town, device_at

HOSTILE = (
    "<img src=x onerror=hit()>",
    "<script>hit()</script>",
    "<svg onload=hit()><animate onbegin=hit() attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<style>body{display:none}@import url(//evil.example/x.css);</style>",
    "<form id=app><input name=innerHTML></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()></style></mglyph></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'></noscript>",
    "<<script>script>hit()<</script>/script>",
    "<a href=javascript:hit()>a</a>",
    "[b](javascript:hit())",
    "[c](  JaVaScRiPt:hit())",
    "[d](data:text/html,<script>hit()</script>)",
    "![e](x onerror=hit())",
    '[f](https://shop.example/"onmouseover=hit())',
    "{{6+7}} ${6+7} <%= 6+7 %> #{6+7} [[6+7]] {{constructor.constructor('hit()')()}}",
    "{{contact.password_hash}} {{workspace.secret}}",
    "<base href=//evil.example/><meta http-equiv=refresh content=0;url=//evil.example>",
    "<x style=position:fixed;inset:0;z-index:99999>",
    "\u202e<img src=x onerror=hit()>",
)
NO_WORDS = "script, img, iframe, object, embed, style, link, form, base, meta, math, noscript, animate, input, [style]"
COUNTED = """
    window.hits = 0; window.hit = () => { hits += 1 };
    addEventListener("securitypolicyviolation", () => { hits += 1 });
"""


@pytest.mark.attack(
    "A-176",
    "A-178",
    "A-179",
    "A-180",
    "A-181",
    "A-182",
    "A-186",
    without=the_text_that_is_never_markup,
)
async def test_nothing_that_is_written_is_ever_more_than_text(town: Town) -> None:
    mallory, grace = await town.shopper(), await town.grace()
    for page in (mallory.page, grace.page):
        await page.context.add_init_script(COUNTED)
    await mallory.visit("/?__proto__[polluted]=1&constructor[prototype][polluted]=1")
    await _comes_with_hostile_headers(town)
    words = "\n\n".join(HOSTILE)

    await mallory.open_chat()
    await mallory.composer.fill(words)
    await mallory.composer.press("Enter")
    await expect(mallory.messages).to_be_visible()
    await assert_holds_only_text(await mallory.frame(), "[role=log]")

    await grace.page.goto(f"{town.chat}/inbox?__proto__[polluted]=1")
    await grace.list.first.wait_for()
    await assert_holds_only_text(grace.page, "section.list [role=listitem], section.list li")
    await grace.list.first.click()
    await grace.messages.wait_for()
    await assert_holds_only_text(grace.page, "[role=log]")
    assert await grace.messages.get_by_text("{{6+7}}").count() == 1, "a template stays what was typed"
    await assert_holds_only_text(grace.page, "[role=complementary], aside")

    box = grace.page.get_by_role("textbox", name="Reply")
    await box.fill(f"> {words}")
    await box.press("Enter")
    await expect(mallory.messages.get_by_text("{{6+7}}")).to_have_count(2)
    await assert_holds_only_text(await mallory.frame(), "[role=log]")
    await assert_ran_nothing(grace.page)
    await assert_ran_nothing(await mallory.frame())


async def _comes_with_hostile_headers(town: Town) -> None:
    """Somebody whose program says such things of itself."""
    said = {"User-Agent": HOSTILE[0], "Referer": f"https://{HOSTILE[0]}/", "Accept-Language": HOSTILE[0]}
    async with device_at(town.chat, headers=said) as program:
        claims = {"name": HOSTILE[0]}
        body = {
            "workspace": str(town.acme.id),
            "claims": claims,
            "page": "https://shop.example/<script>hit()</script>",
        }
        assert (await program.post("/widget/v1/sessions", json=body)).status_code == 201


async def assert_holds_only_text(page: Page | Frame, where: str) -> None:
    await page.wait_for_selector(where)
    found: list[Any] = await page.evaluate(
        """([where, odd]) => [...document.querySelectorAll(where)].flatMap(
            (part) => [...part.querySelectorAll(odd)].map((each) => each.outerHTML))""",
        [where, NO_WORDS],
    )
    assert found == []
    links: list[str] = await page.evaluate(
        "(where) => [...document.querySelectorAll(`${where} a`)].map((link) => link.protocol)", where
    )
    assert {*links} <= {"https:", "http:", "mailto:"}


async def assert_ran_nothing(page: Page | Frame) -> None:
    """Asked when a picture that was asked for later has failed as well."""
    hits, polluted = await page.evaluate(
        """async () => {
            await new Promise((done) => { const probe = new Image(); probe.onerror = done; probe.src = "/no-picture" });
            return [window.hits, ({}).polluted ?? null];
        }"""
    )
    assert (hits, polluted) == (0, None)
