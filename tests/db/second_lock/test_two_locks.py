"""The judge and the database are asked the same about worlds that nobody thought of, and say the same."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, settings

from privity.db.pool import SERVER_SETTINGS
from privity.furnishing import furnish
from privity.history import team_store
from privity.keyring import Keyring
from privity.mail.letter import NoPost
from privity.people import contacts
from privity.settings import Settings
from tests.clock import Clock
from tests.database import Server
from tests.db.second_lock.asked import Locks
from tests.db.second_lock.asked_by_team import TeamLocks
from tests.db.second_lock.ground import Ground, TakenOut, the_article, the_policy, the_statement, words_of
from tests.doors import CHAT

UNTIRED = settings(
    max_examples=50, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
FIRST_FOUND = settings(
    UNTIRED, max_examples=400, phases=(Phase.generate,), derandomize=True, report_multiple_bugs=False
)
ERASED = "AND l.erased_at IS NULL"
WORKSPACE = "workspace_id = nullif(current_setting('privity.workspace', true), '')::uuid"


@pytest.fixture
def ground(server: Server, keyring: Keyring, tmp_path: Path) -> Iterator[Ground]:
    with asyncio.Runner() as runner:
        database = runner.run(server.fresh())
        closing = AsyncExitStack()

        async def prepare() -> Ground:
            owner = await asyncpg.connect(**database.superuser(), server_settings=SERVER_SETTINGS)
            closing.push_async_callback(owner.close)
            house = furnish(
                Settings(data=tmp_path, base_url=CHAT), keyring, database.address, Clock(), NoPost()
            )
            return Ground(runner, owner, await closing.enter_async_context(house))

        try:
            yield runner.run(prepare())
        finally:
            runner.run(closing.aclose())
            runner.run(server.take_back(database))


def test_the_database_shows_what_the_judge_allows_in_fifty_worlds(ground: Ground) -> None:
    ground.search(UNTIRED)


@pytest.mark.long
def test_the_database_shows_what_the_judge_allows_in_two_thousand_worlds(ground: Ground) -> None:
    ground.search(settings(UNTIRED, max_examples=2_000))


NOTICED: dict[str, TakenOut] = {
    "the judge opens what nobody has": the_article("not_found"),
    "the judge opens what is erased": the_article("erased"),
    "the judge forgets what was begun here": the_article("live"),
    "the judge forgets what is on offer": the_article("on_offer"),
    "the judge asks for no owner": the_article("not_owner"),
    "the judge asks for no strength of proof": the_article("proof_too_weak"),
    "the database shows no conversation": the_policy("own", "conversation"),
    "the database shows a workspace's conversations": the_policy("own", "conversation", WORKSPACE),
    "the database shows no word": the_policy("declared", "message"),
    "the database shows a workspace's words": the_policy(
        "declared", "message", f"kind = 'public' AND {WORKSPACE}"
    ),
    "a link that fell still ties": words_of("stand_as", "AND l.ended_at IS NULL"),
    "a proof that is over still stands": words_of("stand_as", "AND s.expires_at > p_now"),
    "anybody stands in another's name": words_of(
        "stand_as", "AND s.identity_id IS NOT DISTINCT FROM p_identity"
    ),
    "the list forgets how much was proved": words_of("contact_list", "p_owned AND ", "true AND "),
    "an offer that is over is still told": words_of("offered_line", "AND o.until > p_now"),
}
NOTICED_OF_THE_TEAM: dict[str, TakenOut] = {
    "the team sees every workspace": the_policy("workspace", "conversation", "true"),
    "the judge opens to the team what is erased": the_article("erased", "TEAM"),
    "the judge opens another workspace's to the team": the_article("not_found", "TEAM"),
    "the judge asks for no scope": the_article("not_in_reach", "TEAM"),
    "the judge opens to who is disabled": the_article("session_over", "TEAM"),
    "the team's list shows what is erased": the_statement(team_store.SQL, "list", ERASED),
    "a card shows what is erased": the_statement(team_store.SQL, "of_contact", ERASED),
    "the team's search looks for nothing": the_statement(team_store.SQL, "list", "$7::text IS NULL", "true"),
    "the list of contacts forgets who proved nothing": the_statement(
        contacts.SQL, "page", "k.workspace_id = $1", "k.workspace_id = $1 AND k.kind = 'user'"
    ),
    "a key that is revoked opens": words_of("team_lives", " AND k.revoked_at IS NULL"),
    "an account that is disabled opens": words_of("team_lives", "AND t.disabled_at IS NULL"),
}


def test_each_lock_that_is_taken_out_is_missed(ground: Ground) -> None:
    unnoticed = [what for what, taken_out in NOTICED.items() if not _is_missed(ground, taken_out, Locks)]
    assert unnoticed == []


def test_each_lock_of_the_teams_that_is_taken_out_is_missed(ground: Ground) -> None:
    unnoticed = [
        what
        for what, taken_out in NOTICED_OF_THE_TEAM.items()
        if not _is_missed(ground, taken_out, TeamLocks)
    ]
    assert unnoticed == []


def _is_missed(ground: Ground, taken_out: TakenOut, locks: type[Locks | TeamLocks]) -> bool:
    """An article that is gone may also leave the judge without a word to say: that is a LookupError."""
    with taken_out(ground):
        try:
            ground.search(FIRST_FOUND, [locks])
        except (AssertionError, LookupError):
            return True
    return False


@pytest.mark.parametrize("reason", ["never_proved", "not_proved"])
def test_two_articles_only_say_why_and_the_rows_below_them_would_refuse_as_well(
    ground: Ground, reason: str
) -> None:
    with the_article(reason)(ground):
        ground.search(settings(FIRST_FOUND, max_examples=15), [Locks])
