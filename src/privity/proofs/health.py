"""Identity health: how well the site proves who its users are, and whom a stricter setting would meet, in counts."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import asyncpg

from privity.db.pool import Row
from privity.db.queries import beside
from privity.house import House
from privity.policy.facts import Assurance
from privity.policy.remedies import remedy, sentence
from privity.proofs.skew import skew_of
from privity.web import wire
from privity.web.problems import Problem, not_found

SQL = beside(__file__, "health.sql")

# A busy workspace's sessions of three months take a while to count, but not everybody's while.
_PATIENCE = "SET LOCAL statement_timeout = '5s'"
WRITING = (Assurance.MAILBOX, Assurance.SIGNED)
PAST = (Assurance.LEGACY, Assurance.MAILBOX, Assurance.SIGNED)


async def identity_health(house: House, workspace: UUID, days: int) -> wire.IdentityHealth:
    """The last so many days, today (UTC) among them."""
    now = house.clock()
    first = now.date() - timedelta(days=days - 1)
    since = datetime.combine(first, datetime.min.time(), now.tzinfo)
    async with house.pools.team.within(workspace) as db:
        await db.execute(_PATIENCE)
        rules = await db.fetchrow(SQL["rules"], workspace)
        if rules is None:
            raise not_found()
        counts = await db.fetch(SQL["counts"], workspace, first)
        keys = await db.fetch(SQL["keys"], workspace, now)
        try:
            sessions = await db.fetch(SQL["sessions"], workspace, since)
            people = await db.fetchrow(SQL["people"], workspace, since)
        except asyncpg.QueryCanceledError:
            raise Problem(503, "too_wide", "That took too long. Ask for fewer days.") from None
    return wire.IdentityHealth(
        days=list(_days(counts, first, days)),
        refusals=_refusals(counts),
        keys=[_key(row, counts) for row in keys],
        seen=wire.SessionsSeen(
            sessions=sum(row["sessions"] for row in sessions),
            proved=sum(row["sessions"] for row in sessions if Assurance.of(row["assurance"]) >= PAST[0]),
            contacts=people["contacts"] if people else 0,
            proved_contacts=people["proved"] if people else 0,
        ),
        stricter=list(_stricter(sessions, rules)),
        unsigned=_sightings(counts, "unsigned"),
        secrets=_sightings(counts, "secret"),
        left_unannounced=sum(row["count"] for row in counts if row["kind"] == "left"),
    )


def _days(counts: Sequence[Row], first: date, days: int) -> Iterator[wire.HealthDay]:
    """Every day, also one on which nothing was."""
    proofs = Counter[tuple[date, str]]()
    for row in counts:
        proofs[row["day"], row["kind"]] += row["count"]
    for day in (first + timedelta(days=passed) for passed in range(days)):
        yield wire.HealthDay(day=day, accepted=proofs[day, "accepted"], refused=proofs[day, "refused"])


def _refusals(counts: Sequence[Row]) -> list[wire.RefusedCount]:
    """By reason and key, the most frequent first."""
    total, last = Counter[tuple[str, str | None]](), dict[tuple[str, str | None], date]()
    for row in counts:
        if row["kind"] == "refused":
            total[row["about"], row["kid"]] += row["count"]
            last[row["about"], row["kid"]] = row["day"]
    return [
        wire.RefusedCount(
            reason=reason,
            kid=kid,
            count=count,
            last_day=last[reason, kid],
            sentence=sentence(reason),
            remedy=remedy(reason),
        )
        for (reason, kid), count in total.most_common()
    ]


def _key(key: Row, counts: Sequence[Row]) -> wire.KeyHealth:
    own = [row for row in counts if row["kid"] == key["kid"]]
    return wire.KeyHealth(
        kid=key["kid"],
        name=key["name"],
        accepted=sum(row["count"] for row in own if row["kind"] == "accepted"),
        refused=sum(row["count"] for row in own if row["kind"] == "refused"),
        never_used=key["last_used_at"] is None,
        skew=skew_of((int(row["about"]), row["count"]) for row in own if row["kind"] == "skew"),
    )


def _sightings(counts: Sequence[Row], kind: str) -> list[wire.Sighting]:
    seen: dict[str, list[Row]] = defaultdict(list)
    for row in counts:
        if row["kind"] == kind:
            seen[row["about"]].append(row)
    return [
        wire.Sighting(name=name, count=sum(row["count"] for row in rows), last_day=rows[-1]["day"])
        for name, rows in seen.items()
    ]


def _stricter(sessions: Sequence[Row], rules: Row) -> Iterator[wire.Stricter]:
    for level in WRITING:
        yield _met(sessions, "least_to_write", level, rules["least_to_write"])
    for level in PAST:
        yield _met(sessions, "history_from", level, rules["history_from"])


def _met(
    sessions: Sequence[Row], setting: Literal["least_to_write", "history_from"], level: Assurance, asked: str
) -> wire.Stricter:
    """Who wrote with less than this could not have written; who owns a past and proved less would not have seen it."""
    who, people = ("wrote", "writers") if setting == "least_to_write" else ("own", "owners")
    weaker = [row for row in sessions if Assurance.of(row["assurance"]) < level]
    met, contacts = sum(row[who] for row in weaker), sum(row[people] for row in weaker)
    return wire.Stricter(
        setting=setting,
        value=level.word,  # type: ignore[arg-type]
        now=asked == level.word,
        sessions=met,
        contacts=contacts,
        sentence=_said_of(setting, met, contacts),
    )


def _said_of(setting: str, sessions: int, contacts: int) -> str:
    if setting == "least_to_write":
        return (
            f"Of the sessions that wrote, {sessions} (of {contacts} contacts) could not have."
            if sessions
            else "Everybody who wrote could have all the same."
        )
    return (
        f"Of the sessions with a past to see, {sessions} (of {contacts} contacts) would not have seen it."
        if sessions
        else "Everybody who proved enough to have a past would have seen it all the same."
    )
