"""Somebody in front of the shop's page, and what they see and press there."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, FrameLocator, Locator, Page, WebSocket, expect

LOCKED = "Past conversations are shown once you sign in."
SIGNED_OUT = "You were signed out here to keep your conversations private. Sign in again to see them."


@dataclass
class Shopper:
    """One tab of one person's browser."""

    page: Page
    shop: str
    sockets: list[WebSocket] = field(default_factory=list)

    @classmethod
    async def arriving(cls, browser: BrowserContext, shop: str, path: str = "/") -> "Shopper":
        """Opens a tab on one of the shop's pages."""
        shopper = cls(await browser.new_page(), shop)
        shopper.page.on("websocket", shopper._notice)
        await shopper.visit(path)
        return shopper

    def _notice(self, socket: WebSocket) -> None:
        self.sockets.append(socket)

    async def another_tab(self, path: str = "/") -> "Shopper":
        return await Shopper.arriving(self.page.context, self.shop, path)

    # ── The shop ─────────────────────────────────────────────────────────────────────────────────────────────

    async def visit(self, path: str) -> None:
        await self.page.goto(self.shop + path)

    async def sign_in_as(self, first_name: str) -> None:
        await self.visit("/sign-in")
        await self.page.get_by_role("button", name=f"Sign in as {first_name}").click()
        await expect(self.page.get_by_role("heading", name=f"Your orders, {first_name}")).to_be_visible()
        await expect(self.launcher).to_be_visible()

    async def sign_out(self) -> None:
        """The way that tells the chat."""
        await self.page.get_by_role("button", name="Sign out", exact=True).click()
        await expect(self.page.get_by_role("heading", name="You are signed out")).to_be_visible()

    async def sign_out_quietly(self) -> None:
        """The way of a site that drops its cookie and forgets the chat."""
        await self.visit("/orders")
        await self.page.get_by_role("button", name="Sign out without telling the chat").click()
        await expect(self.page.get_by_role("link", name="Sign in")).to_be_visible()

    # ── The chat ─────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile("^Chat"))

    @property
    def panel_on_page(self) -> Locator:
        """The newest: one whose person left stands before it, out of sight, until it has ended its session."""
        return self.page.locator("privity-chat iframe").last

    @property
    def panel(self) -> FrameLocator:
        return self.panel_on_page.content_frame

    @property
    def everything(self) -> Locator:
        """All that the panel shows."""
        return self.panel.get_by_role("main", name="Chat")

    @property
    def composer(self) -> Locator:
        return self.panel.get_by_role("textbox", name="Write a message")

    @property
    def messages(self) -> Locator:
        return self.panel.get_by_role("log", name="Messages")

    @property
    def past(self) -> Locator:
        return self.panel.get_by_role("region", name="Your conversations")

    @property
    def question(self) -> Locator:
        """Whether what was written here before the sign-in is theirs."""
        return self.panel.get_by_role("region", name="Written before you signed in")

    def said(self, words: str) -> Locator:
        return self.panel.get_by_text(words)

    async def open_chat(self) -> None:
        await self.launcher.click()
        await expect(self.everything).to_be_visible()

    async def write(self, words: str) -> None:
        """Written, sent, and stored by the server; and the next words may be written."""
        await self.composer.fill(words)
        await self.composer.press("Enter")
        await expect(self.messages.get_by_text(words)).to_be_visible()
        await expect(self.panel.get_by_text(re.compile("^(Sent|Seen)$"))).to_be_visible()
        await expect(self.composer).to_be_focused()

    async def leave_email(self, address: str) -> None:
        await self.panel.get_by_label("Your e-mail, if you like").fill(address)
        await self.panel.get_by_role("button", name="Leave it").click()
        await expect(self.said("Thank you, it is noted.")).to_be_visible()

    async def end_chat(self) -> None:
        await self.panel.get_by_role("button", name="More").click()
        await self.panel.get_by_role("button", name="End chat").click()
        question = self.panel.get_by_role("dialog", name="End this chat?")
        await question.get_by_role("button", name="End chat").click()
        await expect(question).to_be_hidden()

    async def open_past(self, words: str) -> None:
        """One of the past conversations, by its last words."""
        await self.past.get_by_role("button", name=words).click()
        await expect(self.messages).to_be_visible()

    async def come_back(self) -> None:
        """The person was in another window and looks here again."""
        frame = await self.frame()
        await frame.evaluate("dispatchEvent(new Event('focus'))")

    def listens(self) -> bool:
        return any(not socket.is_closed() for socket in self.sockets)

    def lines(self) -> list[WebSocket]:
        """The sockets that this tab opened until now. Whoever is let in again opens another one."""
        return list(self.sockets)

    async def hears_nothing_more(self, lines: list[WebSocket] | None = None) -> None:
        """Each of these sockets is closed; every one that this tab opened, where none is named."""
        for socket in self.lines() if lines is None else lines:
            if not socket.is_closed():
                await socket.wait_for_event("close")

    async def sees_locked_home(self) -> None:
        await expect(self.said(LOCKED)).to_be_visible()
        await expect(self.past).to_have_count(0)
        await expect(self.messages).to_have_count(0)

    async def sees_past(self, *words: str) -> None:
        for each in words:
            await expect(self.past.get_by_text(each)).to_be_visible()

    async def frame(self) -> Any:
        handle = await self.panel_on_page.element_handle()
        frame = await handle.content_frame()
        assert frame is not None, "the panel is not made yet"
        return frame
