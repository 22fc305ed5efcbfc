"""What holds for every table, read from the live catalog."""

import pytest

from privity.db.pool import Connection

# What stands above workspaces, or before there is one.
ABOVE_WORKSPACES = {"workspace", "setup_link", "migration"}


@pytest.fixture
async def tables(owner_db: Connection) -> set[str]:
    rows = await owner_db.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'privity'")
    return {row["tablename"] for row in rows}


async def test_every_table_is_under_row_level_security_even_for_its_owner(
    owner_db: Connection, tables: set[str]
) -> None:
    forced = await owner_db.fetch(
        """SELECT relname FROM pg_class
            WHERE relnamespace = 'privity'::regnamespace AND relkind IN ('r', 'p')
              AND relrowsecurity AND relforcerowsecurity"""
    )

    assert {row["relname"] for row in forced} == tables


async def test_every_table_carries_its_workspace_first_in_its_key(
    owner_db: Connection, tables: set[str]
) -> None:
    first_columns = await owner_db.fetch(
        """SELECT c.conrelid::regclass::text AS name, a.attname AS first
             FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'p' AND c.connamespace = 'privity'::regnamespace"""
    )
    first = {row["name"]: row["first"] for row in first_columns}

    assert set(first) == tables, "every table has a key"
    assert {name for name, column in first.items() if column != "workspace_id"} == ABOVE_WORKSPACES


async def test_no_row_points_into_another_workspace(owner_db: Connection) -> None:
    """Each foreign key carries the workspace along, on both sides, so that the server itself refuses a mixture."""
    keys = await owner_db.fetch(
        """SELECT c.conname, c.confrelid::regclass::text AS other, a.attname AS first, b.attname AS others_first
             FROM pg_constraint c
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
            WHERE c.contype = 'f' AND c.connamespace = 'privity'::regnamespace"""
    )
    assert keys

    for key in keys:
        others_first = "id" if key["other"] == "workspace" else "workspace_id"
        assert (key["first"], key["others_first"]) == ("workspace_id", others_first), key["conname"]


async def test_a_view_reads_with_the_rights_of_who_asks(owner_db: Connection) -> None:
    """A view reads with its owner's rights, past the second lock, unless it is told otherwise."""
    views = await owner_db.fetch(
        """SELECT relname, reloptions FROM pg_class
            WHERE relnamespace = 'privity'::regnamespace AND relkind IN ('v', 'm')"""
    )
    assert views, "the team reads by views, else this says nothing"

    assert {view["relname"] for view in views if view["reloptions"] != ["security_invoker=true"]} == set()
