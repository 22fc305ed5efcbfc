"""The test house itself: each test has a database of its own, and the product's roles reach it."""

from privity.db.pool import Connection, Pools
from tests.cast import ADA
from tests.clock import Clock
from tests.db.worlds import add_conversation, add_identity, add_user, add_workspace


async def test_what_was_said_in_a_world_is_read_by_the_person_who_said_it(
    owner_db: Connection, pools: Pools, clock: Clock
) -> None:
    workspace = await add_workspace(owner_db)
    ada = await add_user(owner_db, await add_identity(owner_db, workspace, ADA))
    conversation = await add_conversation(owner_db, ada, "Where is order 4711?")

    page = await pools.contact.fetch(
        "SELECT body FROM contact_page($1, $2, $3, $4, $5, NULL, NULL, 50)",
        workspace,
        ada.id,
        ada.identity,
        conversation,
        clock(),
    )

    assert [row["body"] for row in page] == ["Where is order 4711?"]


async def test_no_test_finds_what_another_one_left(owner_db: Connection) -> None:
    assert await owner_db.fetchval("SELECT count(*) FROM workspace") == 0
