"""A teammate in front of the inbox, and what she sees and presses there."""

from dataclasses import dataclass

from playwright.async_api import BrowserContext, Locator, Page, expect


@dataclass
class Inbox:
    """The inbox in one tab."""

    page: Page

    @classmethod
    async def at_the_door(cls, browser: BrowserContext, chat: str) -> "Inbox":
        page = await browser.new_page()
        await page.goto(f"{chat}/inbox")
        await expect(page.get_by_label("Password")).to_be_visible()
        return cls(page)

    async def sign_in(self, email: str, password: str) -> None:
        await self.page.get_by_label("E-mail").fill(email)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Sign in").click()
        await expect(self.page.get_by_role("navigation", name="Views")).to_be_visible()

    @property
    def list(self) -> Locator:
        return self.page.locator("section.list").get_by_role("listitem")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def messages(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    @property
    def person(self) -> Locator:
        return self.page.get_by_role("complementary", name="Who this is")

    async def open(self, words: str) -> None:
        """The conversation with these last words."""
        await self.list.filter(has_text=words).first.click()
        await expect(self.messages.get_by_text(words)).to_be_visible()

    async def reply(self, words: str) -> None:
        box = self.page.get_by_role("textbox", name="Reply")
        await box.fill(words)
        await box.press("Enter")
        await expect(self.messages.get_by_text(words)).to_be_visible()
        await expect(self.messages.get_by_text("Sending …")).to_have_count(0)

    async def ask_why(self) -> Locator:
        """The answer to *Why?*, about the contact whose conversation is open."""
        await self.page.get_by_role("button", name="Why?").click()
        answer = self.page.get_by_role("dialog", name="Why?")
        await expect(answer.get_by_text("Each of their own conversations")).to_be_visible()
        return answer
