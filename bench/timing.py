"""Whether a contact can tell two doors apart by the clock: pairs of requests whose answers are the same.

Each pair is asked in turns, in an order drawn anew each time, of a house in this process over raw ASGI: no network
lies between the server's work and the clock that measures it, so whoever sits farther away sees less. From the times
of both sides comes the AUC, with its 95 % interval (DeLong): how often somebody with a stopwatch would tell the one
from the other; 0.5 is a coin. A report and no test: it ends with 0 whatever it finds. Run it on a machine that does
nothing else.

    python bench/timing.py [--pairs 2000] [--only WORDS] [--write]
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from time import perf_counter_ns
from typing import Any
from uuid import uuid4

import asyncpg
from rich.console import Console
from rich.progress import track

from privity.app import create_app
from privity.chance import Chance
from privity.db import embedded
from privity.db.pool import SERVER_SETTINGS
from privity.furnishing import furnish
from privity.keyring import SECRET_BYTES, Keyring
from privity.people.door import COOKIE
from privity.people.model import KEY_PREFIX
from privity.people.passwords import hashed
from privity.settings import Settings
from privity.web.credential import Credential
from privity.web.limiter import Limiter
from privity.web.limits import CODES_TO_ADDRESS, Rate
from privity.web.static_files import FrontEnd
from privity_client import SigningKey
from tests.cast import ADA, BOB, GRACE, MALLORY
from tests.clock import Clock
from tests.database import SUPERUSER_PASSWORD, Server
from tests.doors import CHAT
from tests.noninterference.carrying import Answer, ask
from tests.noninterference.others import Others
from tests.noninterference.seat import CLIENT_IDS
from tests.noninterference.worlds import Estate, Letters, SameChance, World

PAGE = Path(__file__).parents[1] / "docs" / "security" / "timing.md"
WARM_UP = 50
LONG = 10_000
MADE_UP = "7d1ab4e8-52f3-4c0e-9b0a-3f6f1c2d9e10"
FULL, UNKNOWN = "full@example.com", "nobody@example.org"

Ask = Callable[[], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two doors that answer alike. `this` is the side that has something to hide."""

    name: str
    this: Ask
    other: Ask


@dataclass(frozen=True, slots=True)
class Found:
    name: str
    auc: float
    low: float
    high: float
    this: float
    other: float

    @property
    def distance(self) -> float:
        return abs(self.auc - 0.5)


class Unhindered(Limiter):
    """Counts as it always does and hinders nobody, so that 2,000 requests of one session are measured; but a mailbox
    that had its fill stays one."""

    def take(self, rate: Rate, name: str, *parts: str) -> None:
        self._window(rate, name, parts).wait(self._clock())

    def allows(self, rate: Rate, _: str, *parts: str) -> bool:
        return not (rate is CODES_TO_ADDRESS and FULL in parts)


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--pairs", type=int, default=2_000)
    asked.add_argument("--only", default="", help="the pairs whose names hold these words")
    asked.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cluster = embedded.start(Path(folder), SUPERUSER_PASSWORD)
        try:
            found = asyncio.run(
                measure(
                    Server(cluster, Keyring(b"k" * SECRET_BYTES)), Path(folder), chosen.pairs, chosen.only
                )
            )
        finally:
            cluster.stop()
            embedded.discard(Path(folder))
    table = told(found, chosen.pairs)
    print(table)
    if chosen.write:
        PAGE.write_text(page(table), "utf-8")


async def measure(server: Server, folder: Path, pairs: int, only: str) -> list[Found]:
    await server.make_template()
    database = await server.fresh()
    clock, post = Clock(), Letters()
    async with AsyncExitStack() as closing:
        db = await asyncpg.connect(**database.address("owner"), server_settings=SERVER_SETTINGS)
        closing.push_async_callback(db.close)
        settings = Settings(data=folder / "house", base_url=CHAT)
        furnished = await closing.enter_async_context(
            furnish(settings, server.keyring, database.address, clock, post)
        )
        house = replace(furnished, limiter=Unhindered(server.keyring.key("limits")))
        world = World(house, create_app(house, FrontEnd.load()), db, clock, SameChance(), post)
        doors = [pair for pair in await lay_out(world, Estate.new(clock)) if only in pair.name]
        await db.execute("ANALYZE")
        return [await compare(pair, pairs) for pair in track(doors, "asking", console=Console(stderr=True))]


async def compare(pair: Pair, times: int) -> Found:
    """In turns, so that what the machine does meanwhile falls on both."""
    this: list[int] = []
    other: list[int] = []
    turns = [(pair.this, this), (pair.other, other)]
    statuses = set()
    for turn in range(WARM_UP + times):
        random.shuffle(turns)
        for ask_it, taken in turns:
            began = perf_counter_ns()
            answer = await ask_it()
            took = perf_counter_ns() - began
            statuses.add(answer.status)
            if turn >= WARM_UP:
                taken.append(took)
    assert len(statuses) == 1, f"{pair.name}: the doors answer {statuses}, which no clock is needed to see"
    auc, low, high = auc_of(this, other)
    return Found(pair.name, auc, low, high, statistics.median(this) / 1000, statistics.median(other) / 1000)


def auc_of(this: Sequence[int], other: Sequence[int]) -> tuple[float, float, float]:
    """How often one of `this` took longer than one of `other`, and the interval of DeLong."""
    over = placements(this, other)
    under = [1 - share for share in placements(other, this)]
    auc = statistics.fmean(over)
    error = sqrt(statistics.variance(over) / len(over) + statistics.variance(under) / len(under))
    return auc, auc - 1.96 * error, auc + 1.96 * error


def placements(these: Sequence[int], among: Sequence[int]) -> list[float]:
    """For each of these, the share of the others that took less; half where they took the same."""
    ordered = sorted(among)
    return [(bisect_left(ordered, each) + bisect_right(ordered, each)) / 2 / len(ordered) for each in these]


# ── The doors ────────────────────────────────────────────────────────────────────────────────────────────────


async def lay_out(world: World, estate: Estate) -> list[Pair]:
    """Ada has a history, and in it one conversation of 10,000 messages; Bob and a visitor are at the door."""
    await world.found(estate)
    others = Others(world, estate)
    await others.ada_writes("hers", CLIENT_IDS[0])
    await others.a_crowd_has_written_before()
    foreign = others.ids[0]
    await make_long(world, foreign)
    lead = await session(world, estate)
    await others.a_stranger_claims(MALLORY, "mine", CLIENT_IDS[1])
    strangers = others.ids[1]
    bob = await session(world, estate, identity_token=estate.acme.token(BOB))
    doors = [
        pair for who, word in (("a lead", lead), ("Bob", bob)) for pair in of_ids(world, who, word, foreign)
    ]
    doors += of_ids(world, "Bob", bob, strangers, "a stranger's")[:2]
    return [
        *doors,
        *of_addresses(world, estate, lead),
        await of_locked_lists(world, estate),
        *await of_tokens(world, estate),
        *await of_secrets(world, estate),
        *await of_the_team(world, estate),
    ]


async def make_long(world: World, conversation: str) -> None:
    """Ada's first conversation grows to 10,000 messages."""
    await world.db.execute(
        """INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, assurance, body,
                                client_id, sent_at)
           SELECT workspace_id, gen_random_uuid(), id, n, n, 'public', 'teammate', 'none', repeat('words ', 20),
                  gen_random_uuid(), started_at FROM conversation, generate_series(2, $2) AS n WHERE id::text = $1""",
        conversation,
        LONG,
    )
    await world.db.execute(
        "UPDATE conversation SET next_seq = $2 + 1, next_team_seq = $2 + 1 WHERE id::text = $1",
        conversation,
        LONG,
    )


async def session(world: World, estate: Estate, **fields: Any) -> str:
    answer = await call(world, "POST", "/sessions", {"workspace": str(estate.acme.id), **fields})()
    secret: str = answer.json()["session"]["token"]
    return secret


def of_ids(world: World, who: str, word: str, foreign: str, whose: str = "Ada's") -> list[Pair]:
    """Every route that takes the id of a conversation."""
    asked: dict[str, tuple[str, str, Any]] = {
        "reads": ("GET", "/conversations/{}/messages", None),
        "writes to": (
            "POST",
            "/conversations/{}/messages",
            {"body": "let me in", "client_id": str(CLIENT_IDS[2])},
        ),
        "marks": ("POST", "/conversations/{}/read", {"seq": 1}),
        "types in": ("POST", "/conversations/{}/typing", None),
        "rates": ("POST", "/conversations/{}/rating", {"score": 5}),
        "gives back": ("DELETE", "/adoptions/{}", None),
    }
    return [
        Pair(
            f"{who} {what} {whose} conversation · a made-up one",
            call(world, method, path.format(foreign), body, word),
            call(world, method, path.format(MADE_UP), body, word),
        )
        for what, (method, path, body) in asked.items()
    ]


def of_addresses(world: World, estate: Estate, lead: str) -> list[Pair]:
    """Every door at which somebody says who they are."""

    def claims(email: str) -> Ask:
        return call(world, "PATCH", "/session", {"claims": {"email": email}}, lead)

    def opens(email: str) -> Ask:
        fields = {"workspace": str(estate.acme.id), "claims": {"email": email}}
        return call(world, "POST", "/sessions", fields)

    def code(email: str) -> Ask:
        return call(world, "POST", "/session/proofs", {"kind": "code", "email": email}, lead)

    return [
        Pair("a session claims Ada's address · an unknown one", claims(ADA.email), claims(UNKNOWN)),
        Pair("a session opens with Ada's address · with an unknown one", opens(ADA.email), opens(UNKNOWN)),
        Pair("a code to Ada's address · to an unknown one", code(ADA.email), code(UNKNOWN)),
        Pair("a code to a mailbox that had its fill · to one that had none", code(FULL), code(UNKNOWN)),
    ]


async def of_locked_lists(world: World, estate: Estate) -> Pair:
    """Two leads without a word: one claims an address with a long history, the other one that nobody has."""

    async def of(email: str) -> Ask:
        word = await session(world, estate, claims={"email": email})
        return call(world, "GET", "/conversations", None, word)

    return Pair("a locked list beside Ada's history · beside none", await of(ADA.email), await of(UNKNOWN))


async def of_secrets(world: World, estate: Estate) -> list[Pair]:
    """Who is over, who lives and has another secret, and who never was."""
    ended, living, rose = [await session(world, estate) for _ in range(3)]
    await call(world, "DELETE", "/session", None, ended)()
    proof = {"kind": "token", "identity_token": estate.acme.token(BOB)}
    await call(world, "POST", "/session/proofs", proof, rose)()

    def opens(word: str) -> Ask:
        return call(world, "GET", "/session", None, word)

    made_up = opens(made_up_secret(estate).word())
    return [
        Pair("the secret of a session that is over · a made-up one", opens(ended), made_up),
        Pair("the secret of a session that rose · a made-up one", opens(rose), made_up),
        Pair("a living session with another secret · a made-up one", opens(guessed(living)), made_up),
    ]


async def of_the_team(world: World, estate: Estate) -> list[Pair]:
    """The same at the team's door: a session, an API key, and an address with a password."""
    made_up = made_up_secret(estate)
    over, revoked = await over_at_the_desk(world, estate), await revoked_api_key(world, estate)
    await world.db.execute(
        "UPDATE teammate SET password_hash = $2 WHERE workspace_id = $1",
        estate.acme.id,
        await hashed(Chance().bytes(16).hex()),
    )

    def by_cookie(word: str) -> Ask:
        return team_call(world, "GET", "/me", {"Cookie": f"{COOKIE}={word}"})

    def by_key(word: str) -> Ask:
        return team_call(world, "GET", "/conversations", {"Authorization": f"Bearer {KEY_PREFIX}{word}"})

    def by_password(email: str) -> Ask:
        page = {"Origin": CHAT, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
        content = json.dumps({"email": email, "password": "not the password of anybody"}).encode()
        return team_call(world, "POST", "/sign-in", page, content)

    return [
        Pair(
            "the secret of a teammate's session that is over · a made-up one",
            by_cookie(over),
            by_cookie(made_up.word()),
        ),
        Pair(
            "a teammate's living session with another secret · a made-up one",
            by_cookie(guessed(estate.desk.word())),
            by_cookie(made_up.word()),
        ),
        Pair("the secret of a revoked API key · a made-up one", by_key(revoked), by_key(made_up.word())),
        Pair(
            "a wrong password for a teammate's address · for one that nobody has",
            by_password(GRACE.email),
            by_password(UNKNOWN),
        ),
    ]


def made_up_secret(estate: Estate) -> Credential:
    return Credential.new(estate.acme.id, uuid4(), Chance())


def guessed(word: str) -> str:
    """The same id, with a secret that somebody thought of."""
    credential = Credential.parse(word)
    assert credential is not None, "the server gave this word away"
    return Credential.new(credential.workspace, credential.id, Chance()).word()


async def over_at_the_desk(world: World, estate: Estate) -> str:
    """A session that Grace had, and ended."""
    ended = made_up_secret(estate)
    await world.db.execute(
        """INSERT INTO teammate_session (workspace_id, id, teammate_id, secret_hash, started_at, last_seen_at,
                                         expires_at, ended_at)
           SELECT workspace_id, $2, teammate_id, $3, started_at, last_seen_at, expires_at, started_at
             FROM teammate_session WHERE workspace_id = $1 LIMIT 1""",
        estate.acme.id,
        ended.id,
        ended.hash(),
    )
    return ended.word()


async def revoked_api_key(world: World, estate: Estate) -> str:
    """A key that read conversations, and is revoked."""
    key, now = made_up_secret(estate), world.clock()
    await world.db.execute(
        """INSERT INTO api_key (workspace_id, id, name, secret_hash, scopes, created_at, revoked_at)
           VALUES ($1, $2, 'shop', $3, '{conversations:read}', $4, $4)""",
        estate.acme.id,
        key.id,
        key.hash(),
        now,
    )
    return key.word()


async def revoked_key(world: World, estate: Estate) -> SigningKey:
    """A key that once signed, and is revoked."""
    await world.db.execute(
        """INSERT INTO signing_key (workspace_id, id, kid, alg, material, created_at, revoked_at)
           SELECT workspace_id, gen_random_uuid(), 'key-revoked', alg, material, created_at, created_at
             FROM signing_key WHERE workspace_id = $1""",
        estate.acme.id,
    )
    return replace(estate.acme.key, kid="key-revoked")


async def of_tokens(world: World, estate: Estate) -> list[Pair]:
    """Tokens that prove nothing."""
    head, claims, signature = estate.acme.token(ADA).split(".")
    nobody = replace(MALLORY, subject="u-nobody", name=ADA.name, email=ADA.email)
    stranger_head, stranger_claims, _ = estate.acme.token(nobody).split(".")

    def opens(token: str) -> Ask:
        return call(world, "POST", "/sessions", {"workspace": str(estate.acme.id), "identity_token": token})

    forged, forged_nobody = (
        f"{head}.{claims}.{signature[::-1]}",
        f"{stranger_head}.{stranger_claims}.{signature[::-1]}",
    )
    revoked, unknown = await revoked_key(world, estate), replace(estate.acme.key, kid="key-unknown")
    return [
        Pair("a forged token for Ada · for a subject that nobody is", opens(forged), opens(forged_nobody)),
        Pair(
            "a token by a revoked key · by an unknown one",
            opens(replace(estate.acme, key=revoked).token(ADA)),
            opens(replace(estate.acme, key=unknown).token(ADA)),
        ),
    ]


def call(world: World, method: str, path: str, body: Any = None, word: str | None = None) -> Ask:
    """One request, made ready beforehand."""
    headers = {"Authorization": f"Bearer {word}"} if word else {}
    content = b"" if body is None else json.dumps(body).encode()
    headers = {**headers, "Content-Type": "application/json"} if content else headers
    return lambda: ask(world.app, method, f"/widget/v1{path}", headers, content)


def team_call(world: World, method: str, path: str, headers: dict[str, str], content: bytes = b"") -> Ask:
    return lambda: ask(world.app, method, f"/api/v1{path}", headers, content)


# ── The report ───────────────────────────────────────────────────────────────────────────────────────────────


def told(found: list[Found], pairs: int) -> str:
    """The worst first."""
    lines = [
        f"{pairs:,} interleaved pairs of each, after {WARM_UP} that do not count; the worst first.",
        "",
        "| pair | AUC | 95 % interval | medians, µs |",
        "|---|---|---|---|",
    ]
    worst_first = sorted(found, key=lambda each: -each.distance)
    return "\n".join((*lines, *map(line, worst_first))) + "\n"


def line(found: Found) -> str:
    interval, medians = f"{found.low:.3f} to {found.high:.3f}", f"{found.this:.0f} · {found.other:.0f}"
    return f"| {found.name} | {found.auc:.3f} | {interval} | {medians} |"


def page(table: str) -> str:
    return f"""# Time

Written by `bench/timing.py --write`. It is a report, published with each release, and no test.

Two requests that get the same answer might still take different times. Each line below is a pair of doors of which the
first has something to hide: whether an address is known, whether an id exists, how long a history is. The AUC says how
often somebody with a stopwatch would tell the two apart by one request of each: 0.5 is a coin, and between 0.45 and
0.55 no threshold is worth having. Measured is the server's own work over raw ASGI, in one process, with nothing between
it and the clock: whoever sits behind a network sees less.

{table}
**Mended because of it:** an id of a session or an API key that is over, or that comes with another secret, is looked up
the way an id is that nobody has. Before, the secret of a contact's session that was over stood at 0.70, one that lived
and came with another secret at 0.66, one that rose at 0.60, and a teammate's at 0.56.

**Not promised:** that a loaded server is not slower, for everybody alike.
"""


if __name__ == "__main__":
    main()
