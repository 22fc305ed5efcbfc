"""Who looks after a conversation, as the inbox shows it and as it is."""

from playwright.async_api import Locator, expect

from privity.people import actions as people
from tests.cast import ADA
from tests.journeys.inbox import Inbox
from tests.journeys.town import PASSWORD, Town

QUESTION = "Where is the lamp of order 4711?"


async def test_grace_reads_who_really_looks_after_it(town: Town) -> None:
    """Linus does, and has an account no more; Olga was asked when she had none any more."""
    await town.once_wrote(ADA, QUESTION)
    for name in ("Linus", "Olga"):
        await people.add_teammate(town.house, town.acme.id, email=address(name), name=name, password=PASSWORD)
    grace = await town.grace()
    await grace.open(QUESTION)
    await assignee(grace).select_option("Linus")
    await expect(grace.messages.get_by_text("Linus")).to_be_visible()
    await people.disable_teammate(town.house, town.acme.id, address("Linus"))
    await grace.page.reload()
    await expect(chosen(grace)).to_have_text("Linus")

    await people.disable_teammate(town.house, town.acme.id, address("Olga"))
    await assignee(grace).select_option("Olga")
    await expect(grace.page.get_by_role("alert")).to_contain_text("is nobody who answers in this workspace")
    await expect(chosen(grace)).to_have_text("Linus")


def address(name: str) -> str:
    return f"{name.lower()}@acme.example"


def assignee(inbox: Inbox) -> Locator:
    return inbox.page.get_by_label("Assigned to")


def chosen(inbox: Inbox) -> Locator:
    return assignee(inbox).locator("option:checked")
