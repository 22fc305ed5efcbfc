"""A panel on a page that the browser keeps for the back button. Playwright loses sight of it; the browser does not."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession

PATIENCE_IN_SECONDS = 30


@dataclass(frozen=True)
class KeptPanel:
    """`id` is the browser's own of the frame: one that is loaded anew has another."""

    id: str
    _browser: CDPSession

    @classmethod
    async def only_one(cls, browser: CDPSession) -> "KeptPanel":
        async with asyncio.timeout(PATIENCE_IN_SECONDS):
            # A page that comes back brings its frames a moment later.
            while len(panels := await cls._all(browser)) != 1:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        return panels[0]

    @classmethod
    async def _all(cls, browser: CDPSession) -> list["KeptPanel"]:
        targets = (await browser.send("Target.getTargets"))["targetInfos"]
        return [cls(each["targetId"], browser) for each in targets if "/widget/frame" in each["url"]]

    async def text(self) -> str:
        answer = await self._ask("Runtime.evaluate", {"expression": "document.body.innerText"})
        text: str = answer["result"]["result"]["value"]
        return text

    async def text_once_it_says(self, words: str) -> str:
        async with asyncio.timeout(PATIENCE_IN_SECONDS):
            # A page that comes back from where it was kept tells nobody of it.
            while words not in (text := await self.text()):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        return text

    async def _ask(self, method: str, params: dict[str, Any]) -> Any:
        whom = {"targetId": self.id, "flatten": False}
        session = (await self._browser.send("Target.attachToTarget", whom))["sessionId"]
        answer = asyncio.get_running_loop().create_future()

        def hear(said: dict[str, Any]) -> None:
            if said["sessionId"] == session and not answer.done():
                answer.set_result(json.loads(said["message"]))

        self._browser.on("Target.receivedMessageFromTarget", hear)
        message = json.dumps({"id": 1, "method": method, "params": params})
        await self._browser.send("Target.sendMessageToTarget", {"sessionId": session, "message": message})
        try:
            return await answer
        finally:
            self._browser.remove_listener("Target.receivedMessageFromTarget", hear)
            await self._browser.send("Target.detachFromTarget", {"sessionId": session})
