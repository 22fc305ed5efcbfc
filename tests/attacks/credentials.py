"""Every kind of word that opens something, each a living one, and every door that takes one."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx

from privity.house import House
from privity.people import door as team
from privity.people.actions import add_key
from privity.proofs import carriers
from privity.workspaces import rules, setup, store
from tests.attacks.people import Victim
from tests.cast import ADA, GRACE, MALLORY
from tests.doors import CHAT, Acme, Browser, Script
from tests.proofs.test_mailbox import ask, give
from tests.provider import CLIENT, Provider
from tests.team.desk import PASSWORD, Desk

Door = Callable[[], httpx.AsyncClient]
Knock = Callable[[str], Awaitable[httpx.Response]]
OWN_PAGE = {"Origin": CHAT, "Sec-Fetch-Site": "same-origin"}
LINK = "l" * 43
"""A set-up link that nobody has used yet."""

DIAGONAL = {
    ("a contact's session", "a contact's door"),
    ("a contact's session", "a contact's cookie"),
    ("a teammate's session", "the desk's cookie"),
    ("a key", "a program's door"),
    ("a key without its beginning", "a program's door, said to be a key"),
    ("an identity token", "where somebody proves who they are"),
    ("a code", "where a code is given"),
    ("a word against forgery", "what the desk sends along"),
}
"""What opens what. All else opens nothing, and the set-up link neither, now that a workspace stands."""


async def words(
    house: House, acme: Acme, ada: Victim, grace: Desk, provider: Provider, who_asked: Script
) -> dict[str, str]:
    """`who_asked` is the one whose code was mailed last."""
    await rules.change(house, acme.id, "adoption_days", "7")
    browser = Browser(who_asked.http, acme)
    await browser.open()
    await browser.start("in a browser, which gets a ticket")
    await ask(who_asked, MALLORY.email)
    key = await add_key(house, acme.id, "reports", ["conversations:read"])
    now = house.clock()
    await store.replace_link(house, setup._hash(LINK), now, now + timedelta(minutes=30))
    names_ada = {"aud": CLIENT, "sub": ADA.subject, "email": ADA.email}
    return {
        "a contact's session": str(ada.script.secret),
        "a ticket": browser.http.cookies[carriers.TICKET],
        "a teammate's session": grace.http.cookies[team.COOKIE],
        "a word against forgery": grace.csrf,
        "a key": key,
        "a key without its beginning": key.removeprefix("privity-key-"),
        "an identity token": acme.token(ADA),
        "a provider's token": provider.signed(provider.told_of({"nonce": "n"}) | names_ada),
        "a set-up link": LINK,
        "a workspace": str(acme.id),
    }


def doors(acme: Acme, grace: Desk, door: Door, who_asked: Script) -> dict[str, Knock]:
    """What each word is said at, as it is said there."""

    def reading(path: str, header: str, before: str) -> Knock:
        return lambda word: door().get(path, headers={**OWN_PAGE, header: before + word})

    async def forged(word: str) -> httpx.Response:
        headers = {**OWN_PAGE, "X-Privity-CSRF": word}
        return await grace.http.post("/api/v1/token/explain", json={"token": "x"}, headers=headers)

    async def set_up(word: str) -> httpx.Response:
        about = {"name": GRACE.name, "email": MALLORY.email, "password": PASSWORD, "workspace": "Another"}
        site = {"site": "https://another.example/"}
        return await door().post("/api/v1/setup", json={"token": word, **about, **site}, headers=OWN_PAGE)

    contacts, teams = "/widget/v1/conversations", "/api/v1/conversations"
    return {
        "a contact's door": reading(contacts, "Authorization", "Bearer "),
        "a contact's cookie": reading(contacts, "Cookie", f"{carriers.COOKIE}="),
        "a program's door": reading(teams, "Authorization", "Bearer "),
        "a program's door, said to be a key": reading(teams, "Authorization", "Bearer privity-key-"),
        "the desk's cookie": reading(teams, "Cookie", f"{team.COOKIE}="),
        "what the desk sends along": forged,
        "where somebody proves who they are": lambda word: Script(door(), acme).open(identity_token=word),
        "where a code is given": lambda word: give(who_asked, word),
        "the set-up": set_up,
    }
