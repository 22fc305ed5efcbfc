"""Grace asks why, and why not, reads the code that mends it, and sees among the settings how well the site proves."""

from datetime import timedelta
from typing import Literal

import pytest
from playwright.async_api import expect

from privity.policy.remedies import remedy, sentence
from privity_client import SigningKey, sign_identity
from tests.cast import ADA
from tests.journeys.inbox import Inbox
from tests.journeys.reading import faults
from tests.journeys.shopper import Shopper
from tests.journeys.town import Town

BAIT = "I forgot my order number, it's me."
DOUBT = "Your chat does not know me today."
SECRET = "sk-this-stood-in-the-page-0123456789"


def expired(town: Town) -> str:
    """What a cached page gives: Ada's own token, of two hours ago."""
    key = town.acme.key
    return sign_identity(
        workspace=str(town.acme.id),
        subject=ADA.subject,
        key=SigningKey(key.kid, key.material.decode()),
        now=town.clock() - timedelta(hours=2),
    )


async def ada_with_an_expired_token(town: Town) -> Shopper:
    ada = await town.signed_in("Ada")
    token = expired(town)
    await ada.page.route("**/chat-token", lambda route: route.fulfill(json={"token": token}))
    await ada.open_chat()
    await ada.panel.get_by_role("button", name="Write without my history").click()
    await ada.write(DOUBT)
    return ada


async def health_of(grace: Inbox, town: Town) -> None:
    await town.house.tally.flush()
    await grace.page.goto(f"{town.chat}/inbox/settings/health")
    await expect(grace.page.get_by_role("heading", name="Sessions with a proof")).to_be_visible()


async def test_grace_reads_two_true_reasons_and_the_code_that_mends_one_and_sees_it_counted(
    town: Town,
) -> None:
    await town.once_wrote(ADA, "Where is my lamp?")
    mallory = await town.shopper()
    await mallory.open_chat()
    await mallory.write(BAIT)
    await mallory.leave_email(ADA.email)
    await ada_with_an_expired_token(town)
    grace = await town.grace()

    await grace.open(BAIT)
    why_not = await grace.ask_why()
    await expect(why_not).to_contain_text("the page gave no identity token")
    await expect(why_not).to_contain_text("1 conversation, not shown to this contact")
    await expect(
        why_not.get_by_role("listitem").filter(has_text="If the page gave a good token")
    ).to_contain_text("They would see no conversation of their own.")
    await expect(why_not.get_by_text("The chat was opened.")).to_be_visible()
    await why_not.get_by_role("button", name="Close").click()

    await grace.open(DOUBT)
    why = await grace.ask_why()
    await expect(why).to_contain_text(f"The page gave a token and it was refused. {sentence('expired')}")
    await expect(why).to_contain_text((remedy("expired") or "")[:40])
    await why.get_by_text("The code for your developer").click()
    await why.get_by_label("Your site is written in").select_option("Ruby")
    await expect(why.get_by_text("exp: now + 600,")).to_be_visible()
    await expect(why.locator("mark")).to_have_text("    exp: now + 600,\n")
    assert await faults(grace.page) == []

    await health_of(grace, town)
    refused = grace.page.get_by_role("region", name="Refused, and what to change")
    await expect(refused).to_contain_text(f"1 time expired by {town.acme.key.kid}")
    await refused.get_by_text("The code for your developer").click()
    await expect(refused.get_by_label("Your site is written in")).to_have_value("Ruby")
    await grace.page.get_by_text("The numbers, day by day").click()
    assert await faults(grace.page) == []


async def test_a_secret_in_a_page_is_told_by_its_name_and_never_leaves_it(town: Town) -> None:
    ada = await town.signed_in("Ada")
    sent: list[str] = []
    ada.page.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data}"))
    await ada.page.evaluate("value => privity('update', {signingSecret: value})", SECRET)
    await ada.open_chat()
    assert any("signingSecret" in one for one in sent), "its name is told"
    assert not any(SECRET in one for one in sent)
    grace = await town.grace()

    await health_of(grace, town)

    pages = grace.page.get_by_role("region", name="In your pages")
    await expect(pages).to_contain_text("named like a secret: signingSecret")


async def test_a_sign_out_that_the_page_did_not_announce_is_seen(town: Town) -> None:
    ada = await town.signed_in("Ada")
    await ada.open_chat()
    await ada.write("Where is my lamp?")
    await (await ada.another_tab()).sign_out_quietly()
    async with ada.page.expect_response(lambda answer: answer.url.endswith("/session?left=1")):
        await ada.come_back()
    grace = await town.grace()

    await health_of(grace, town)

    pages = grace.page.get_by_role("region", name="In your pages")
    await expect(pages).to_contain_text("1 sign-out that the page did not announce")


async def test_the_page_hears_of_what_class_the_refusal_was_and_is_asked_by_its_own_function(
    town: Town,
) -> None:
    visitor = await town.shopper()
    await visitor.page.evaluate(
        """token => {
            window.heard = [];
            privity('on', 'identity:failed', reason => heard.push(reason));
            privity('on', 'identity', said => heard.push(said));
            privity('update', {getToken: async () => token});
        }""",
        expired(town),
    )

    await visitor.open_chat()

    await expect(visitor.said("We couldn't confirm your sign-in.")).to_be_visible()
    await visitor.page.wait_for_function("heard.length === 2")
    assert await visitor.page.evaluate("heard") == [{"state": "failed", "reason": "expired"}, "expired"]


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_identity_health_and_the_debugger_can_be_read_by_everybody(
    town: Town, colours: Literal["light", "dark"]
) -> None:
    await ada_with_an_expired_token(town)
    grace = await town.grace(viewport={"width": 390, "height": 844}, color_scheme=colours)

    await health_of(grace, town)
    assert await faults(grace.page) == []
    wider = await grace.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wider, "nothing is cut off on a phone"

    await grace.page.goto(f"{town.chat}/inbox/settings/token")
    await grace.page.get_by_label("An identity token").fill(expired(town))
    await grace.page.get_by_role("button", name="Explain it").click()
    await expect(grace.page.get_by_text("It proves nobody: 1 thing is wrong.")).to_be_visible()
    await grace.page.get_by_text("The code for your developer").click()
    await expect(grace.page.get_by_label("Your site is written in")).to_be_visible()
    assert await faults(grace.page) == []
