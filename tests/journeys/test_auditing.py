"""Vera audits: what happened, in the inbox's own screen for it, and nothing of what was said."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Response, expect

from privity.audit.model import AuditEvent
from privity.audit.sealing import Sealer
from privity.people import actions as people
from tests.cast import ADA, GRACE, VERA
from tests.journeys.inbox import Inbox
from tests.journeys.leftovers import held_by
from tests.journeys.reading import faults
from tests.journeys.town import PASSWORD, Town

QUESTION = "Where is the lamp of order 4711?"
THE_LAST_PAGE = "That is where the log begins."


@dataclass
class Audit:
    """Vera's tab, and what it asked the server for."""

    inbox: Inbox
    asked: list[tuple[str, int]] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)

    @classmethod
    async def of(cls, town: Town, **ways: Any) -> "Audit":
        await people.add_teammate(
            town.house, town.acme.id, email=VERA.email, name=VERA.name, password=PASSWORD, role="auditor"
        )
        audit = cls(await town.grace_at_the_door(**ways))
        audit.inbox.page.on("response", audit._note)
        audit.inbox.page.on("websocket", lambda socket: audit.sockets.append(socket.url))
        await audit.inbox.sign_in(VERA.email, PASSWORD)
        return audit

    def _note(self, answer: Response) -> None:
        path = urlsplit(answer.url).path
        if path.startswith("/api/"):
            self.asked.append((path, answer.status))

    def happened(self, words: str) -> Locator:
        return self.inbox.page.get_by_role("listitem").filter(has_text=words)

    def button(self, name: str) -> Locator:
        return self.inbox.page.get_by_role("button", name=name)


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_vera_reads_who_did_what_and_no_word_that_was_said(
    town: Town, colours: Literal["light", "dark"]
) -> None:
    await town.once_wrote(ADA, QUESTION)
    grace = await town.grace()
    await grace.open(QUESTION)
    audit = await Audit.of(town, color_scheme=colours)
    page = audit.inbox.page

    read = audit.happened("A teammate read entry 1 of a conversation.")
    await expect(read).to_contain_text(GRACE.name)
    for words in (
        "A contact was proved by a token that the site signed.",
        "A contact signed a session of the chat out.",
        "A teammate read the list of conversations: 1 line.",
        "The operator added a signing key.",
    ):
        await expect(audit.happened(words).first).to_be_visible()
    await expect(audit.happened("A teammate read this log.")).to_contain_text("Not sealed yet")
    await expect(page.get_by_text(THE_LAST_PAGE)).to_be_visible()
    await page.get_by_text("How the log is verified").click()
    await expect(page.get_by_text("privity audit verify", exact=True)).to_be_visible()
    held = await held_by(page)
    assert "the lamp of order" not in held
    assert ADA.email not in held
    assert await faults(page) == []

    house = town.house
    await Sealer(house.pools.sealer, house.keyring, house.clock).seal(town.acme.id)
    await audit.button("Look again").click()
    await expect(read).to_contain_text(re.compile(r"Seal \d"))

    async with page.expect_response("**/api/v1/sign-out"):
        await audit.button("Sign out").click()
    await expect(page.get_by_label("Password")).to_be_visible()
    assert "A teammate read" not in await held_by(page)
    assert {path for path, _ in audit.asked} == {"/api/v1/sign-in", "/api/v1/audit", "/api/v1/sign-out"}
    assert all(status < 300 for _, status in audit.asked), "nothing was asked that is refused"
    assert audit.sockets == []


async def test_vera_pages_through_the_log_and_copies_an_id_without_a_mouse(town: Town) -> None:
    conversation = uuid4()
    read = AuditEvent(town.acme.id, "read", "key", uuid4(), conversation=conversation, from_seq=1, to_seq=3)
    await town.house.ledger.record(read, *[AuditEvent(town.acme.id, "sign_in", "teammate", uuid4())] * 55)
    audit = await Audit.of(town)
    page = audit.inbox.page
    read_by_a_program = audit.happened("A program read entries 1 to 3 of a conversation.")
    await expect(audit.button("Older")).to_be_visible()
    await expect(read_by_a_program).to_have_count(0)

    await page.route("**/api/v1/audit**", lambda route: route.abort())
    await audit.button("Older").press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("No connection to the server.")
    await page.unroute("**/api/v1/audit**")
    await audit.button("Try again").press("Enter")
    await expect(read_by_a_program).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(page.get_by_text(THE_LAST_PAGE)).to_be_visible()
    await expect(page.locator(".happening").nth(50)).to_be_focused()

    whole = read_by_a_program.get_by_text(str(conversation))
    await expect(whole).to_have_count(0)
    await read_by_a_program.get_by_role("button", name=re.compile(str(conversation)[-6:])).press("Enter")
    await expect(whole).to_be_visible()
    await page.wait_for_function("id => String(getSelection()) === id", arg=str(conversation))


async def test_vera_passes_the_log_by_one_tab_and_goes_through_it_by_the_arrows(town: Town) -> None:
    reads = [AuditEvent(town.acme.id, "read", "key", uuid4(), conversation=uuid4()) for _ in range(55)]
    await town.house.ledger.record(*reads)
    audit = await Audit.of(town)
    press = audit.inbox.page.keyboard.press
    happened = audit.inbox.page.locator(".happening")
    await expect(audit.button("Older")).to_be_visible()
    await audit.inbox.page.get_by_text("How the log is verified").focus()

    await press("Tab")
    await expect(happened.first).to_be_focused()
    await press("ArrowDown")
    await expect(happened.nth(1)).to_be_focused()
    await press("End")
    await expect(happened.last).to_be_focused()
    await press("Tab")
    await expect(happened.last.get_by_role("button").first).to_be_focused()
    await press("k")
    await expect(happened.nth(-2)).to_be_focused()
    for _ in range(await happened.nth(-2).get_by_role("button").count() + 1):
        await press("Tab")
    await expect(audit.button("Older")).to_be_focused()
    await press("Shift+Tab")
    await expect(happened.nth(-2).get_by_role("button").last).to_be_focused()


async def test_vera_on_a_link_into_the_desk_meets_the_log_and_grace_after_her_the_desk(town: Town) -> None:
    await town.once_wrote(ADA, QUESTION)
    audit = await Audit.of(town)
    await audit.inbox.page.goto(f"{town.chat}/inbox/settings/keys")
    await expect(audit.inbox.page.get_by_role("heading", name="Audit log")).to_be_visible()
    await expect(audit.inbox.page).to_have_url(f"{town.chat}/inbox/audit")

    await audit.button("Sign out").click()
    await audit.inbox.sign_in(GRACE.email, PASSWORD)
    await audit.inbox.open(QUESTION)
