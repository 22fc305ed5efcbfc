"""`schema.sql` shows the tables, locks and grants that the migrations make."""

from privity.db import schema
from privity.db.pool import Connection


async def test_the_written_schema_is_what_the_migrations_make(owner_db: Connection) -> None:
    """Its grants are the second lock's: a role that may do more, or on another column, shows up here."""
    assert schema.FILE.read_text("utf-8") == await schema.describe(owner_db), (
        "write it again, and look at what changed: python -m privity.db.schema --write"
    )


async def test_a_column_that_was_granted_by_hand_is_noticed(owner_db: Connection) -> None:
    await owner_db.execute("GRANT UPDATE (owner) ON conversation TO privity_contact")

    assert schema.FILE.read_text("utf-8") != await schema.describe(owner_db)
