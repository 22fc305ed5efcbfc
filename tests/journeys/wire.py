"""What the chat's server said to one page, so that two pages can be compared byte by byte."""

import asyncio
import re
from dataclasses import dataclass, field

from playwright.async_api import Frame, Page, Request, Response

RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\b\d\d:\d\d\b")
OF_THE_INSTANT = {"date", "set-cookie"}
PATIENCE_IN_SECONDS = 30


@dataclass
class Wire:
    """Answers, with random ids and the time of day masked and all else as it came."""

    answers: list[Response] = field(default_factory=list)
    _under_way: set[Request] = field(default_factory=set)

    @classmethod
    def of(cls, page: Page) -> "Wire":
        wire = cls()
        page.on("response", wire._note)
        page.on("request", wire._begin)
        for how in ("requestfinished", "requestfailed"):
            page.on(how, wire._end)
        page.on("framenavigated", wire._leave)
        return wire

    def _begin(self, request: Request) -> None:
        self._under_way.add(request)

    def _end(self, request: Request) -> None:
        self._under_way.discard(request)

    def _note(self, answer: Response) -> None:
        if "/widget/v1/" in answer.url:
            self.answers.append(answer)

    def _leave(self, frame: Frame) -> None:
        """A browser keeps no answers of a page that was left, and tells of no end of what that one still asked."""
        if frame.parent_frame is None:
            self.answers.clear()
            self._under_way.clear()

    async def answered(self) -> set[str]:
        """Each once: a panel that hears of its message by the socket first asks for its list once more. None is left
        out that was asked for already."""
        async with asyncio.timeout(PATIENCE_IN_SECONDS):
            while self._under_way:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return {await written(answer) for answer in self.answers}


async def written(answer: Response) -> str:
    headers = {
        name: value for name, value in (await answer.all_headers()).items() if name not in OF_THE_INSTANT
    }
    body = (await answer.body()).decode()
    return masked(f"{answer.request.method} {answer.url} {answer.status} {sorted(headers.items())} {body}")


def masked(text: str) -> str:
    return RANDOM.sub("some id", INSTANT.sub("some time", text))
