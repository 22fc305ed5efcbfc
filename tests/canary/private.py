"""What is private when a test is over, by what its database says then, and whose each secret was that was shown."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privity.db.pool import Connection, Row
from privity.db.queries import beside
from privity.web.credential import Credential
from tests.canary.forms import SHORTEST
from tests.canary.listening import Exchange, Moment
from tests.cast import ADA

SQL = beside(__file__, "private.sql")


@dataclass(frozen=True, slots=True)
class Words:
    """What is private in one workspace: who Ada is, under which ids she and what was said are stored, what was said to
    her and by her, the secrets of her sessions, and what the team noted."""

    account: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.account | self.ids | self.said | self.secrets | self.notes


@dataclass(frozen=True, slots=True)
class Standing:
    """A secret that was given out: to a contact, or to a teammate or a program with what it reaches; and how long it is
    good for anything."""

    workspace: UUID
    contact: UUID | None
    is_adas: bool
    scopes: frozenset[str]
    secret_hash: bytes
    until: datetime | None
    over_since: datetime | None

    def fits(self, credential: Credential) -> bool:
        return credential.workspace == self.workspace and credential.hash() == self.secret_hash

    def lived(self, at: Moment) -> bool:
        """An answer may come after the end of what was in order when it was asked."""
        in_time = self.until is None or at.by_the_house < self.until
        return in_time and (self.over_since is None or at.by_the_machine < self.over_since)


@dataclass(frozen=True, slots=True)
class Private:
    """What is private in each workspace, and whose each secret was that anybody showed."""

    of: Mapping[UUID, Words]
    standings: Mapping[UUID, Standing]

    @property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(words.all for words in self.of.values()))

    @property
    def account(self) -> frozenset[str]:
        return frozenset().union(*(words.account for words in self.of.values()))

    def standing(self, exchange: Exchange) -> Standing | None:
        """Whoever shows a secret that is wrong, or over, is nobody."""
        credential, at = exchange.credential, exchange.shown_at
        found = self.standings.get(credential.id) if credential is not None else None
        if credential is None or found is None or at is None:
            return None
        return found if found.fits(credential) and found.lived(at) else None


async def private_things(db: Connection, exchanges: Iterable[Exchange]) -> Private:
    adas = await db.fetch(SQL["adas"], [ADA.subject, ADA.email])
    identities = [row["id"] for row in adas]
    shown = {each.credential.word(): each.credential for each in exchanges if each.credential is not None}
    standings = await _standings(db, shown.values(), identities)
    found: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in adas:
        words = found[row["workspace_id"]]
        words["account"] |= {row["name"] or "", row["email"] or "", *_texts(row["attributes"])}
        words["ids"] |= {str(row["id"]), str(row["contact_id"])}
    for row in await db.fetch(SQL["said"], identities):
        found[row["workspace_id"]]["ids"] |= {str(row["id"]), str(row["message"])}
        found[row["workspace_id"]]["said"].add(row["body"])
    for row in await db.fetch(SQL["notes"]):
        found[row["workspace_id"]]["notes"] |= {str(row["id"]), row["body"]}
    for credential in shown.values():
        standing = standings.get(credential.id)
        if standing is not None and standing.is_adas and standing.fits(credential):
            # The half that nobody else may ever see.
            found[standing.workspace]["secrets"].add(credential.word()[43:])
    return Private({workspace: _long_enough(words) for workspace, words in found.items()}, standings)


async def _standings(
    db: Connection, shown: Iterable[Credential], adas: list[UUID]
) -> Mapping[UUID, Standing]:
    rows = await db.fetch(SQL["standings"], list({credential.id for credential in shown}))
    return {row["id"]: _standing(row, adas) for row in rows}


def _standing(row: Row, adas: list[UUID]) -> Standing:
    return Standing(
        workspace=row["workspace_id"],
        contact=row["contact"],
        is_adas=row["contact"] in adas,
        scopes=frozenset(row["scopes"]),
        secret_hash=row["secret_hash"],
        until=row["until"],
        over_since=row["over_since"],
    )


def _long_enough(words: Mapping[str, set[str]]) -> Words:
    return Words(
        **{kind: frozenset(word for word in found if len(word) >= SHORTEST) for kind, found in words.items()}
    )


def _texts(attributes: str) -> list[str]:
    return [value for value in json.loads(attributes).values() if isinstance(value, str)]
