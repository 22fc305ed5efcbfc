"""After each test: nothing private to Ada came to anybody else, and none of the team's own words to a contact.

What is private is read from the database when the test is over: her name, address and attributes, her conversations
and what was said and noted in them, under which ids she is known; and the secrets of her sessions. Each is searched
for, in every form, in all that others received. Words that somebody said themselves are not news to them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from privity.db.pool import SERVER_SETTINGS, Connection
from privity.db.queries import beside
from tests.canary.forms import SHORTEST, Searcher
from tests.canary.listening import Ears, Exchange
from tests.cast import ADA
from tests.database import Database

SQL = beside(__file__, "sweep.sql")

A_SITES_PAGE = "the page of a site"
"""Around the panel. Who is there it knows, since it says so to the chat; what they say it may not."""


@dataclass(frozen=True, slots=True)
class Private:
    """What is Ada's, the sessions that are hers, and the workspaces whose teams look after her."""

    account: frozenset[str]
    said: frozenset[str]
    notes: frozenset[str]
    sessions: frozenset[UUID]
    workspaces: frozenset[UUID]
    people: Mapping[UUID, UUID]

    @property
    def words(self) -> frozenset[str]:
        return self.account | self.said


@dataclass
class Hearer:
    """Somebody, and all that they said and heard."""

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


async def private_things(db: Connection, exchanges: Iterable[Exchange]) -> Private:
    adas = await db.fetch(SQL["adas"], [ADA.subject, ADA.email])
    ids = [row["id"] for row in adas]
    people = {row["id"]: row["person"] for row in await db.fetch(SQL["sessions"])}
    sessions = frozenset(session for session, person in people.items() if person in ids)
    account: set[str] = set()
    for row in adas:
        account |= {row["name"] or "", row["email"] or "", *_texts(row["attributes"])}
    said = {str(row[name]) for row in adas for name in ("id", "contact_id")}
    for row in await db.fetch(SQL["words"], ids):
        said |= {str(row["id"]), str(row["message"]), row["body"]}
    return Private(
        account=_long_enough(account),
        said=_long_enough(said | set(_secrets(exchanges, sessions))),
        notes=_long_enough(
            word for row in await db.fetch(SQL["notes"]) for word in (str(row["id"]), row["body"])
        ),
        sessions=sessions,
        workspaces=frozenset(row["workspace_id"] for row in adas),
        people=people,
    )


def leaks(private: Private, ears: Ears) -> Iterable[str]:
    """Whom nothing of it concerns: other contacts, other teams, whoever shows nothing, other mailboxes, the log."""
    searcher = Searcher(private.words | private.notes)
    for who, hearer in _hearers(private, ears).items():
        news = _news(private, who)
        received = [(where, searcher.find(content) & news) for where, content in hearer.heard] if news else []
        if any(words for _, words in received):
            said = searcher.find(b"\n".join(hearer.said))
            for where, words in received:
                yield from (f"{who} received {word!r} by {where}" for word in sorted(words - said))


def _news(private: Private, who: str) -> frozenset[str]:
    """What this one must not receive."""
    if who == "her team":
        return frozenset()
    if who == "somebody of another team":
        return private.words
    if who == A_SITES_PAGE:
        return private.said | private.notes
    return private.notes if who == "Ada" else private.words | private.notes


def _hearers(private: Private, ears: Ears) -> dict[str, Hearer]:
    hearers: dict[str, Hearer] = defaultdict(Hearer)
    for exchange in ears.exchanges:
        hearer = hearers[_who(private, exchange)]
        hearer.said.append(exchange.said)
        hearer.heard.append((exchange.where, exchange.heard))
        if exchange.is_kept:
            hearers["a cache"].heard.append((exchange.where, exchange.heard))
    for letter in ears.letters:
        if letter.to != ADA.email:
            mail = f"{letter.subject}\n{letter.text}".encode()
            hearers[f"the mailbox {letter.to}"].heard.append(("mail", mail))
    if ears.log:
        hearers["the log"].heard.append(("a line", ears.log.encode()))
    return hearers


def _who(private: Private, exchange: Exchange) -> str:
    credential = exchange.credential
    if credential is None:
        return exchange.by
    if credential.id in private.sessions:
        return "Ada"
    if credential.id in private.people:
        return f"the contact {private.people[credential.id]}"
    return "her team" if credential.workspace in private.workspaces else "somebody of another team"


def _secrets(exchanges: Iterable[Exchange], sessions: frozenset[UUID]) -> Iterable[str]:
    """The half of a credential that nobody else may ever see."""
    for exchange in exchanges:
        if exchange.credential is not None and exchange.credential.id in sessions:
            yield exchange.credential.word()[43:]


def _long_enough(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) >= SHORTEST)


def _texts(attributes: str) -> list[str]:
    return [value for value in json.loads(attributes).values() if isinstance(value, str)]
