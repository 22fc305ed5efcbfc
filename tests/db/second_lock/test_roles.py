"""The roles that serve: none of them strong, each with what it needs and no more."""

import asyncpg
import pytest

from privity.cli.doctor.database import of_the_roles
from privity.db import engine
from privity.db.engine import SERVING, EngineError, least_version
from privity.db.pool import Connection, Pool, Pools
from tests.database import Database
from tests.db.second_lock.conftest import World

DENIED = asyncpg.InsufficientPrivilegeError
LOG = ("audit_event", "audit_salt", "audit_seal", "audit_erasure")
CHANGES_TO_A_LOG = (
    "UPDATE {} SET workspace_id = workspace_id",
    "DELETE FROM {}",
    "TRUNCATE {}",
)


@pytest.mark.parametrize("role", ["gate", "operator", "audit", "sealer", "auditor"])
async def test_who_only_asks_who_is_there_cannot_read_what_was_said(
    pools: Pools, world: World, role: str
) -> None:
    async with getattr(pools, role).connection() as db:
        for statement in (
            "SELECT FROM message",
            "SELECT last_excerpt FROM conversation",
            "INSERT INTO message (body) VALUES ('')",
        ):
            with pytest.raises(DENIED):
                await db.execute(statement)


async def test_the_audit_log_is_added_to_and_never_read_or_changed(pools: Pools, world: World) -> None:
    async with pools.audit.connection() as db:
        await db.execute(
            """INSERT INTO audit_event (workspace_id, id, at, kind, actor)
               VALUES ($1, gen_random_uuid(), now(), 'read', 'contact')""",
            world.acme,
        )
    for role in set(SERVING) - {"sealer", "auditor"}:
        async with getattr(pools, role).connection() as db:
            for table in LOG:
                for statement in (f"SELECT FROM {table}", *CHANGES_TO_A_LOG):
                    with pytest.raises(DENIED):
                        await db.execute(statement.format(table))


async def test_the_auditor_reads_the_log_and_changes_nothing(pools: Pools, world: World) -> None:
    for table in LOG:
        await for_acme(pools.auditor, world, f"SELECT FROM {table}")
        for statement in CHANGES_TO_A_LOG:
            with pytest.raises(DENIED):
                await for_acme(pools.auditor, world, statement.format(table))


async def test_the_sealer_alters_no_event_and_takes_no_seal_away(pools: Pools, world: World) -> None:
    for statement in (
        "UPDATE audit_event SET kind = ''",
        "UPDATE audit_event SET at = now()",
        "UPDATE audit_event SET reason = ''",
        "UPDATE audit_salt SET salt = ''",
        "UPDATE audit_seal SET root = ''",
        "UPDATE audit_seal SET signature = ''",
        "UPDATE audit_erasure SET signature = ''",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_event",
        "TRUNCATE audit_seal",
    ):
        with pytest.raises(DENIED):
            await for_acme(pools.sealer, world, statement)


async def test_neither_looks_into_another_workspaces_log(
    pools: Pools, world: World, owner_db: Connection
) -> None:
    await owner_db.execute(
        """INSERT INTO audit_event (workspace_id, id, at, kind, actor)
           VALUES ($1, gen_random_uuid(), now(), 'read', 'contact')""",
        world.elsewhere,
    )
    for pool in (pools.sealer, pools.auditor):
        async with pool.within(world.elsewhere) as db:
            assert await db.fetchval("SELECT count(*) FROM audit_event") == 1, "it is there to be seen"
        async with pool.within(world.acme) as db:
            assert await db.fetchval("SELECT count(*) FROM audit_event") == 0
        assert await pool.fetch("SELECT FROM audit_event") == [], "no variable is no row"


async def test_the_team_cannot_change_whose_a_conversation_is(pools: Pools, world: World) -> None:
    for change in (
        "UPDATE conversation SET owner = NULL",
        "UPDATE conversation SET origin_session = NULL",
        "UPDATE conversation SET workspace_id = workspace_id",
        "UPDATE conversation SET contact_id = contact_id",
    ):
        with pytest.raises(DENIED):
            await for_acme(pools.team, world, change)


async def test_the_team_cannot_write_in_a_contacts_name(pools: Pools, world: World) -> None:
    write = """INSERT INTO message (workspace_id, id, conversation_id, seq, team_seq, kind, author_kind, author_session,
                                    assurance, body, client_id, sent_at)
               VALUES ($1, gen_random_uuid(), $2, 900, 900, 'public', $3, $4, 'signed', 'hello', gen_random_uuid(),
                       now())"""
    for author_kind, session in (("contact", world.ada.id), ("contact", None), ("teammate", world.ada.id)):
        with pytest.raises(DENIED, match="row-level security"):
            await for_acme(pools.team, world, write, world.acme, world.adas, author_kind, session)
    await for_acme(pools.team, world, write, world.acme, world.adas, "teammate", None)


async def test_the_team_does_not_see_secrets(pools: Pools, world: World) -> None:
    for secret in (
        "SELECT secret_hash FROM session",
        "SELECT password_hash FROM teammate",
        "SELECT material FROM signing_key",
        "SELECT secret_hash FROM api_key",
        "SELECT secret_hash FROM teammate_session",
    ):
        with pytest.raises(DENIED):
            await for_acme(pools.team, world, secret)


async def test_no_role_that_serves_is_strong(owner_db: Connection) -> None:
    rows = await owner_db.fetch(
        """SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolinherit
                  OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid OR m.roleid = r.oid)
                  OR EXISTS (SELECT FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o') AS strong
             FROM pg_roles r WHERE rolname = ANY ($1)""",
        [f"privity_{role}" for role in SERVING],
    )

    assert {row["rolname"]: row["strong"] for row in rows} == {f"privity_{role}": False for role in SERVING}


@pytest.mark.parametrize(
    ("strengthen", "weaken"),
    [
        ("ALTER ROLE privity_contact BYPASSRLS", "ALTER ROLE privity_contact NOBYPASSRLS"),
        ("ALTER ROLE privity_team SUPERUSER", "ALTER ROLE privity_team NOSUPERUSER"),
        ("ALTER ROLE privity_gate CREATEROLE", "ALTER ROLE privity_gate NOCREATEROLE"),
        ("ALTER ROLE privity_audit REPLICATION", "ALTER ROLE privity_audit NOREPLICATION"),
        ("ALTER ROLE privity_sealer BYPASSRLS", "ALTER ROLE privity_sealer NOBYPASSRLS"),
        ("ALTER ROLE privity_auditor SUPERUSER", "ALTER ROLE privity_auditor NOSUPERUSER"),
        ("GRANT privity_sealer TO privity_auditor", "REVOKE privity_sealer FROM privity_auditor"),
        ("GRANT privity_owner TO privity_contact", "REVOKE privity_owner FROM privity_contact"),
        ("GRANT pg_read_all_data TO privity_team", "REVOKE pg_read_all_data FROM privity_team"),
        (
            "ALTER TABLE privity.message OWNER TO privity_team",
            "ALTER TABLE privity.message OWNER TO privity_owner",
        ),
        (
            "ALTER VIEW privity.standing OWNER TO privity_auditor",
            "ALTER VIEW privity.standing OWNER TO privity_owner",
        ),
        (
            "ALTER FUNCTION privity.accounts_of(text) OWNER TO privity_sealer",
            "ALTER FUNCTION privity.accounts_of(text) OWNER TO privity_owner",
        ),
        ("ALTER SCHEMA privity OWNER TO privity_gate", "ALTER SCHEMA privity OWNER TO privity_owner"),
    ],
)
async def test_the_house_does_not_open_with_a_role_that_could_pass_the_second_lock(
    database: Database, strengthen: str, weaken: str
) -> None:
    admin = await asyncpg.connect(**database.superuser())
    try:
        await admin.execute(strengthen)
        with pytest.raises(EngineError, match="could pass the second lock"):
            await engine.open_pools(database.address)
        finding = await of_the_roles(database.address)
        assert finding.state == "ill"
        assert "could pass the second lock" in finding.what
    finally:
        await admin.execute(weaken)
        await admin.close()


@pytest.mark.parametrize("version", [(14, 20), (15, 13), (16, 9), (17, 5)])
def test_a_server_with_known_holes_in_row_level_security_is_refused(version: tuple[int, int]) -> None:
    assert not least_version(version)


@pytest.mark.parametrize("version", [(15, 14), (15, 18), (16, 10), (17, 6), (18, 0), (18, 6), (19, 0)])
def test_a_server_without_them_is_taken(version: tuple[int, int]) -> None:
    assert least_version(version)


async def test_the_house_does_not_open_on_such_a_server(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "least_version", lambda _: False)

    with pytest.raises(EngineError, match="is too old"):
        await engine.open_pools(database.address)


async def test_the_server_of_this_run_says_its_version_as_the_check_reads_it(owner_db: Connection) -> None:
    number = int(await owner_db.fetchval("SHOW server_version_num"))
    server = owner_db.get_server_version()

    assert (server.major, server.micro) == (number // 10000, number % 10000)


async def test_no_function_may_be_run_by_everybody(owner_db: Connection) -> None:
    rows = await owner_db.fetch(
        """SELECT p.proname, EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                                      WHERE a.grantee = 0) AS for_all
             FROM pg_proc p WHERE p.pronamespace = 'privity'::regnamespace"""
    )
    assert rows, "there are functions"

    assert [row["proname"] for row in rows if row["for_all"]] == []


async def test_a_function_that_reads_with_its_owners_rights_pins_its_path_and_is_no_contacts(
    owner_db: Connection,
) -> None:
    definers = await owner_db.fetch(
        """SELECT p.proname, p.proconfig, has_function_privilege('privity_contact', p.oid, 'EXECUTE') AS contacts
             FROM pg_proc p WHERE p.pronamespace = 'privity'::regnamespace AND p.prosecdef"""
    )

    for row in definers:
        assert "search_path=privity, pg_temp" in (row["proconfig"] or []), row["proname"]
        assert not row["contacts"], row["proname"]


async def test_each_of_the_contacts_functions_stands_as_its_session_before_it_reads(
    owner_db: Connection,
) -> None:
    """Variables that were set by the statement that reads came too late for part of its plan."""
    functions = await owner_db.fetch(
        """SELECT proname, prosrc, prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql') AS in_steps
             FROM pg_proc WHERE pronamespace = 'privity'::regnamespace AND proname LIKE 'contact\\_%'"""
    )
    assert functions

    for function in functions:
        before, stands, _ = function["prosrc"].partition("stand_as(")
        assert function["in_steps"], function["proname"]
        assert stands, function["proname"]
        assert "privity" not in before.lower(), function["proname"]
        for word in ("FROM conversation", "FROM message", "UPDATE", "INSERT"):
            assert word not in before, function["proname"]


async def test_nobody_but_the_owner_makes_anything_in_the_schema(owner_db: Connection) -> None:
    for role in SERVING:
        assert not await owner_db.fetchval(
            "SELECT has_schema_privilege($1, 'privity', 'CREATE') OR has_schema_privilege($1, 'public', 'CREATE')",
            f"privity_{role}",
        )


async def for_acme(pool: Pool, world: World, statement: str, *arguments: object) -> None:
    async with pool.within(world.acme) as db:
        await db.execute(statement, *arguments)
