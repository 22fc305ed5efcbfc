"""After each test: nothing private to Ada came to anybody else, and no team's own words to anybody but that team.

What is private is read from the database when the test is over: her name, address and attributes, her conversations
and what was said and noted in them, under which ids she is known; and the secrets of her sessions. Each is searched
for, in every form, in all that others received. Words that somebody said themselves are not news to them.

Who somebody was is read there as well: a secret makes somebody of whoever shows it while it is good, and else nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import asyncpg

from privity.db.pool import SERVER_SETTINGS
from tests.canary.forms import Searcher
from tests.canary.listening import Ears, Exchange
from tests.canary.private import Private, Standing, Words, private_things
from tests.cast import ADA
from tests.database import Database

A_SITES_PAGE = "the page of a site"
"""Around the panel. Who is there it knows, since it says so to the chat; what they say it may not."""


@dataclass
class Hearer:
    """Somebody, and all that they said and heard."""

    may_hear: frozenset[str] = frozenset()
    said: list[bytes] = field(default_factory=list)
    heard: list[tuple[str, bytes]] = field(default_factory=list)


async def sweep(database: Database) -> list[str]:
    """A sentence for each private word that came to somebody whom it does not concern."""
    ears = database.ears
    if not ears.exchanges and not ears.letters and not ears.log:
        return []
    db = await asyncpg.connect(**database.address("owner"), server_settings=SERVER_SETTINGS)
    try:
        private = await private_things(db, ears.exchanges)
    finally:
        await db.close()
    return list(leaks(private, ears))


def leaks(private: Private, ears: Ears) -> Iterable[str]:
    """Whom nothing of it concerns: other contacts, other teams, whoever shows nothing, other mailboxes, the log."""
    everything = private.words
    searcher = Searcher(everything)
    for who, hearer in _hearers(private, ears).items():
        news = everything - hearer.may_hear
        received = [(where, searcher.find(content) & news) for where, content in hearer.heard] if news else []
        if any(words for _, words in received):
            said = searcher.find(b"\n".join(hearer.said))
            for where, words in received:
                yield from (f"{who} received {word!r} by {where}" for word in sorted(words - said))


def _hearers(private: Private, ears: Ears) -> dict[str, Hearer]:
    hearers: dict[str, Hearer] = {}
    for exchange in ears.exchanges:
        standing = private.standing(exchange)
        who = _who(exchange, standing)
        if who not in hearers:
            hearers[who] = Hearer(_may_hear(private, who, standing))
        hearers[who].said.append(exchange.said)
        hearers[who].heard.append((exchange.where, exchange.heard))
        if exchange.is_kept:
            hearers.setdefault("a cache", Hearer()).heard.append((exchange.where, exchange.heard))
    for letter in ears.letters:
        if letter.to != ADA.email:
            mail = f"{letter.subject}\n{letter.text}".encode()
            hearers.setdefault(f"the mailbox {letter.to}", Hearer()).heard.append(("mail", mail))
    if ears.log:
        hearers["the log"] = Hearer(heard=[("a line", ears.log.encode())])
    return hearers


def _who(exchange: Exchange, standing: Standing | None) -> str:
    if standing is None:
        shown = exchange.credential
        return f"whoever showed {shown.id}, which opens nothing," if shown is not None else exchange.by
    if standing.contact is None:
        reach = " and ".join(sorted(standing.scopes)) or "nothing"
        return f"one of the team of {standing.workspace} who reaches {reach}"
    return f"Ada in {standing.workspace}" if standing.is_adas else f"the contact {standing.contact}"


def _may_hear(private: Private, who: str, standing: Standing | None) -> frozenset[str]:
    if standing is None:
        return private.account if who == A_SITES_PAGE else frozenset()
    words = private.of.get(standing.workspace, Words())
    if standing.contact is None:
        return _within_reach(standing.scopes, words)
    return words.account | words.ids | words.said | words.secrets if standing.is_adas else frozenset()


def _within_reach(scopes: frozenset[str], words: Words) -> frozenset[str]:
    """Ids stand in the log that an auditor reads, and say nothing to whoever reaches nothing else."""
    if "conversations:read" in scopes:
        return words.ids | words.account | words.said | words.notes
    return words.ids | words.account if "contacts:read" in scopes else words.ids
