"""Ada's way in was asked for while she was here, and opens when she has gone: nobody is let in by it."""

import asyncio

import pytest
from playwright.async_api import Route

from tests.attacks.pages import the_epoch
from tests.cast import ADA
from tests.journeys.shopper import Shopper
from tests.journeys.test_late_answers import ONE_MORE_ANSWER, QUESTION, REMEMBER, what_was_shown_since
from tests.journeys.town import Town


class HeldAnswer:
    """The answer to the first request for a session: it was given, and is still on its way."""

    def __init__(self) -> None:
        self.given, self.let_go, self.came = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def __call__(self, route: Route) -> None:
        answer = await route.fetch()
        self.given.set()
        await self.let_go.wait()
        try:
            await route.fulfill(response=answer)
        finally:
            self.came.set()


@pytest.mark.attack("A-78", "A-77", without=the_epoch)
async def test_a_session_that_opens_when_ada_has_gone_is_shown_to_nobody(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    ada, way_in = await town.signed_in("Ada"), HeldAnswer()
    await ada.page.route("**/widget/v1/sessions", way_in, times=1)
    await ada.launcher.click()
    await way_in.given.wait()

    await she_leaves_the_page_and_the_shop(ada)
    await (await ada.frame()).evaluate(REMEMBER)
    way_in.let_go.set()
    await way_in.came.wait()
    await (await ada.frame()).evaluate(ONE_MORE_ANSWER)
    await ada.sees_locked_home()
    for words in ("Ada", QUESTION):
        assert all(words not in shown for shown in await what_was_shown_since(ada))


async def she_leaves_the_page_and_the_shop(ada: Shopper) -> None:
    """To the shop's other pages, where she signs out; by the back button somebody else comes here again."""
    frame = await ada.frame()
    await frame.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    elsewhere = await ada.another_tab("/pricing")
    await elsewhere.sign_out_quietly()
    await elsewhere.page.close()
    await frame.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
