"""Were its own predicates forgotten, the second lock would hold: one workspace, and no words in a contact's mouth."""

from uuid import UUID, uuid4

import asyncpg
import pytest

from privity.db.pool import Connection, Pools
from tests.attacks import team
from tests.cast import ADA
from tests.clock import MONDAY_MORNING as NOW
from tests.db.worlds import add_conversation, add_identity, add_user, add_workspace

VIEWS = ("card", "standing", "line")


@pytest.fixture
async def acmes(owner_db: Connection) -> tuple[UUID, UUID]:
    """Acme, and a conversation of Ada's in it."""
    workspace = await add_workspace(owner_db)
    seat = await add_user(owner_db, await add_identity(owner_db, workspace, ADA))
    return workspace, await add_conversation(owner_db, seat, "a canary")


@pytest.fixture
async def elsewhere(owner_db: Connection) -> UUID:
    return await add_workspace(owner_db, "Elsewhere")


@pytest.mark.parametrize("view", VIEWS)
async def test_a_view_without_a_where_shows_one_workspace(
    owner_db: Connection, pools: Pools, acmes: tuple[UUID, UUID], elsewhere: UUID, view: str
) -> None:
    assert await owner_db.fetchval(f"SELECT count(*) FROM {view}") > 0, "the canary is there to be seen"  # noqa: S608

    async with pools.team.within(elsewhere) as db:
        assert await db.fetchval(f"SELECT count(*) FROM {view}") == 0  # noqa: S608
    async with pools.team.within(acmes[0]) as db:
        assert await db.fetchval(f"SELECT count(*) FROM {view}") > 0  # noqa: S608
    assert await pools.team.row(f"SELECT FROM {view}") is None, "no workspace, no row"


async def test_the_teams_functions_reach_no_other_workspace_whatever_they_are_told(
    owner_db: Connection, pools: Pools, acmes: tuple[UUID, UUID], elsewhere: UUID
) -> None:
    workspace, conversation = acmes
    before = await owner_db.fetchrow("SELECT * FROM conversation")

    async with pools.team.within(elsewhere) as db:
        sent = await db.fetchval(
            "SELECT status FROM team_send($1, $2, $3, 'teammate', $4, 'Otto', 'public', $5, 'hello', $6)",
            NOW,
            workspace,
            conversation,
            uuid4(),
            uuid4(),
            uuid4(),
        )
        read = await db.fetchval(
            "SELECT team_mark_read($1, $2, $3, $4, 1)", NOW, workspace, conversation, uuid4()
        )

    assert (sent, read) == ("refused", None)
    assert await owner_db.fetchrow("SELECT * FROM conversation") == before


async def test_nobody_of_the_team_writes_as_a_contact(pools: Pools, acmes: tuple[UUID, UUID]) -> None:
    workspace, conversation = acmes

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with pools.team.within(workspace) as db:
            await db.fetchval(
                "SELECT status FROM team_send($1, $2, $3, 'contact', $4, 'Ada', 'public', $5, 'hello', $6)",
                NOW,
                workspace,
                conversation,
                uuid4(),
                uuid4(),
                uuid4(),
            )


@pytest.mark.parametrize("column", ["owner", "origin_session", "workspace_id", "contact_id"])
async def test_nobody_of_the_team_moves_a_conversation(
    pools: Pools, acmes: tuple[UUID, UUID], column: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with pools.team.within(acmes[0]) as db:
            await db.execute(f"UPDATE conversation SET {column} = {column}")  # noqa: S608


@pytest.mark.attack("A-115", "A-29", without=team.the_blindness_to_secrets)
@pytest.mark.parametrize(
    "secret",
    [
        "secret_hash FROM session",
        "secret_hash FROM teammate_session",
        "secret_hash FROM api_key",
        "password_hash FROM teammate",
        "material FROM signing_key",
    ],
)
async def test_the_team_reads_no_secret(pools: Pools, acmes: tuple[UUID, UUID], secret: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with pools.team.within(acmes[0]) as db:
            await db.fetchval(f"SELECT {secret}")
