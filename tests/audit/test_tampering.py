"""Whoever owns the database changes the log. Each time the first thing that is not as it was is named."""

from uuid import UUID, uuid4

import pytest

from privity.audit.erasure import Erasure
from privity.audit.faults import Fault
from privity.audit.roots import roots
from privity.audit.sealing import Sealer, entry_of
from privity.audit.signed import PURPOSE
from privity.audit.tree import leaf_of, personal_of
from privity.db.pool import Connection
from privity.house import House
from privity.keyring import SECRET_BYTES, Keyring
from tests.audit.conftest import Happen, Verify
from tests.clock import Clock

pytestmark = pytest.mark.anyio


async def first_fault(verified: Verify) -> Fault:
    fault = (await verified()).fault
    assert fault is not None, "the change was not seen"
    return fault


async def remove_the_second_seal(happen: Happen, owner_db: Connection) -> None:
    for _ in range(3):
        await happen()
    await owner_db.execute("DELETE FROM audit_event WHERE seal = 2")
    await owner_db.execute("DELETE FROM audit_seal WHERE number = 2")


async def test_a_log_that_nobody_touched_is_intact(happen: Happen, verified: Verify, clock: Clock) -> None:
    for _ in range(3):
        await happen(5)
    since = clock.forward(minutes=1)
    await happen(2, sealed=False)

    found = await verified()

    assert found.fault is None
    assert (found.seals, found.events, found.waiting, found.erased, found.cut) == (3, 15, 2, 0, 0)
    assert found.waiting_since == since


CHANGES = (
    "actor_id = gen_random_uuid()",
    "session_id = NULL",
    "conversation_id = gen_random_uuid()",
    "subject_id = gen_random_uuid()",
    "reason = 'messages'",
    "from_seq = 2",
    "to_seq = 8",
    "count = 1",
    "kind = 'sign_in'",
    "actor = 'contact'",
    "at = at + interval '1 microsecond'",
    "seal = NULL",
    "seal = 3",
)


async def test_the_first_altered_event_is_named_whatever_was_altered(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    await happen()
    events = await happen(len(CHANGES))
    # From the last to the first, so that each is the first that is not as it was.
    for place, (event, change) in reversed(list(enumerate(zip(events, CHANGES, strict=True), start=1))):
        await owner_db.execute(f"UPDATE audit_event SET {change} WHERE id = $1", event)  # noqa: S608

        fault = await first_fault(verified)

        assert (fault.what, fault.seal, fault.event, fault.place) == ("altered", 2, event, place), change
        assert str(event) in fault.sentence


async def test_an_event_that_is_gone_is_named(happen: Happen, verified: Verify, owner_db: Connection) -> None:
    event = (await happen())[1]
    await happen()
    await owner_db.execute("DELETE FROM audit_event WHERE id = $1", event)

    fault = await first_fault(verified)

    assert (fault.what, fault.seal, fault.event, fault.place) == ("missing", 1, event, 2)


async def test_an_event_that_was_put_elsewhere_in_its_seal_is_named(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    event = (await happen())[1]
    await owner_db.execute(
        """UPDATE audit_seal SET events = events[1:1] || events[3:3] || events[2:2] || events[4:5],
                                 leaves = leaves[1:1] || leaves[3:3] || leaves[2:2] || leaves[4:5]"""
    )

    fault = await first_fault(verified)

    assert (fault.what, fault.seal, fault.event, fault.place) == ("reordered", 1, event, 2)


async def test_two_events_that_changed_places_are_named_by_the_first(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    _, first, second, *_ = await happen()
    spare = uuid4()
    for old, new in ((first, spare), (second, first), (spare, second)):
        await owner_db.execute("UPDATE audit_event SET id = $2 WHERE id = $1", old, new)

    fault = await first_fault(verified)

    assert (fault.what, fault.event, fault.place) == ("altered", first, 2)


async def test_an_event_that_was_slipped_in_behind_a_seal_is_named(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    await happen()
    (event,) = await happen(1, sealed=False)
    await owner_db.execute("UPDATE audit_event SET seal = 1 WHERE id = $1", event)

    fault = await first_fault(verified)

    assert (fault.what, fault.seal, fault.event) == ("slipped_in", 1, event)


async def test_an_event_that_is_made_to_wait_for_a_second_seal_is_named_by_the_first(
    happen: Happen, verified: Verify, owner_db: Connection, sealer: Sealer, workspace: UUID
) -> None:
    event = (await happen())[1]
    await owner_db.execute("UPDATE audit_event SET seal = NULL WHERE id = $1", event)
    assert await sealer.seal(workspace) is not None, "it is sealed twice"

    fault = await first_fault(verified)

    assert (fault.what, fault.seal, fault.event, fault.place) == ("altered", 1, event, 2)


async def test_a_list_that_was_changed_is_named_whatever_was_put_into_it(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    changes = (
        "leaves[2] = NULL",
        "leaves[2] = sha256('')",
        "events = events || NULL::uuid, leaves = leaves || NULL::bytea",
        "events = '{}', leaves = '{}'",
    )
    for _ in changes:
        await happen()
    for number, change in reversed(list(enumerate(changes, start=1))):
        await owner_db.execute(f"UPDATE audit_seal SET {change} WHERE number = $1", number)  # noqa: S608

        fault = await first_fault(verified)

        assert fault.seal == number, change
        assert fault.what in ("seal_altered", "reordered"), change


async def test_a_seal_that_was_removed_is_named(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    await remove_the_second_seal(happen, owner_db)

    fault = await first_fault(verified)

    assert (fault.what, fault.seal) == ("seal_missing", 2)


async def test_seals_that_were_numbered_anew_do_not_close_the_gap(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    await remove_the_second_seal(happen, owner_db)
    await owner_db.execute("UPDATE audit_seal SET number = 2 WHERE number = 3")
    await owner_db.execute("UPDATE audit_event SET seal = 2 WHERE seal = 3")

    fault = await first_fault(verified)

    assert (fault.what, fault.seal) == ("seal_altered", 2)


async def test_the_first_altered_seal_is_named_whatever_was_altered(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    changes = (
        "root = sha256(root)",
        "sealed_at = sealed_at - interval '1 day'",
        "count = 4",
        "previous = root",
    )
    for _ in changes:
        await happen()
    for number, change in reversed(list(enumerate(changes, start=1))):
        await owner_db.execute(f"UPDATE audit_seal SET {change} WHERE number = $1", number)  # noqa: S608

        fault = await first_fault(verified)

        assert (fault.what, fault.seal) == ("seal_altered", number), change


async def test_a_log_that_somebody_else_sealed_anew_is_not_ours(
    happen: Happen, verified: Verify, owner_db: Connection, house: House, workspace: UUID
) -> None:
    await happen()
    await owner_db.execute("DELETE FROM audit_seal")
    await owner_db.execute("UPDATE audit_event SET seal = NULL, reason = 'nothing happened'")
    await Sealer(house.pools.sealer, Keyring(b"m" * SECRET_BYTES), house.clock).seal(workspace)

    fault = await first_fault(verified)

    assert (fault.what, fault.seal) == ("seal_altered", 1)


async def test_a_cut_that_somebody_else_recorded_is_found_where_no_log_is_cut_so_early(
    happen: Happen, verified: Verify, owner_db: Connection, clock: Clock, workspace: UUID, sealer: Sealer
) -> None:
    """The sealer seals the forged record as it seals any: it can't know who wrote it."""
    await happen()
    await happen()
    clock.forward(days=30)
    await owner_db.execute(
        "DELETE FROM audit_salt WHERE event_id IN (SELECT id FROM audit_event WHERE seal = 1)"
    )
    await owner_db.execute("DELETE FROM audit_event WHERE seal = 1")
    await owner_db.execute("UPDATE audit_seal SET events = NULL, leaves = NULL WHERE number = 1")
    forged, salt = uuid4(), bytes(32)
    await owner_db.execute(
        """INSERT INTO audit_event (workspace_id, id, at, kind, actor, to_seq, count)
           VALUES ($1, $2, $3, 'log_cut', 'system', 1, 5)""",
        workspace,
        forged,
        clock(),
    )
    await owner_db.execute("INSERT INTO audit_salt VALUES ($1, $2, $3)", workspace, forged, salt)
    await sealer.seal(workspace)

    fault = await first_fault(verified)

    assert (fault.what, fault.seal) == ("cut", 1)
    clock.forward(days=2)
    assert (await verified()).fault is None, (
        "an older one nobody can tell from the sealer's, as the page says"
    )


async def test_an_end_that_was_cut_off_is_found_by_the_root_that_was_exported(
    happen: Happen, verified: Verify, owner_db: Connection, house: House, workspace: UUID
) -> None:
    for _ in range(3):
        await happen()
    (exported,) = await roots(house.pools.auditor, [workspace])
    assert exported.seal == 3
    assert (await verified(exported)).fault is None
    await owner_db.execute("DELETE FROM audit_event WHERE seal = 3")
    await owner_db.execute("DELETE FROM audit_seal WHERE number = 3")
    assert (await verified()).fault is None, "nothing in the database tells, so the root has to"

    fault = (await verified(exported)).fault

    assert fault is not None
    assert (fault.what, fault.seal) == ("seal_missing", 3)


async def test_an_end_that_was_cut_off_carelessly_is_found_without_a_root(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    await happen()
    event, *_ = await happen()
    await owner_db.execute("DELETE FROM audit_seal WHERE number = 2")

    fault = await first_fault(verified)

    assert (fault.what, fault.seal, fault.event) == ("seal_missing", 2, event)


async def test_a_log_that_was_written_anew_with_the_installations_own_key_is_found_by_the_exported_root(
    happen: Happen,
    verified: Verify,
    owner_db: Connection,
    house: House,
    sealer: Sealer,
    workspace: UUID,
    clock: Clock,
) -> None:
    """Who has the key as well can sign whatever they like: that is what roots are kept elsewhere for."""
    await happen()
    await happen()
    (exported,) = await roots(house.pools.auditor, [workspace])
    await owner_db.execute("DELETE FROM audit_seal")
    await owner_db.execute("UPDATE audit_event SET reason = 'nothing', seal = NULL")
    await sealer.seal(workspace)
    await happen()
    assert (await verified()).fault is None

    fault = (await verified(exported)).fault

    assert fault is not None
    assert (fault.what, fault.seal) == ("seal_replaced", 2)


async def test_a_salt_that_was_taken_is_no_erasure(
    happen: Happen, verified: Verify, owner_db: Connection
) -> None:
    event = (await happen())[3]
    await owner_db.execute("DELETE FROM audit_salt WHERE event_id = $1", event)

    fault = await first_fault(verified)

    assert (fault.what, fault.event, fault.place) == ("unsalted", event, 4)


async def hidden(owner_db: Connection, event: UUID, erased_by: UUID) -> bytes:
    """Nobody can tell the event from one that was erased: whoever reads the salt can compute what stands then in its
    place. Answers the leaf that it had, and keeps."""
    row = await owner_db.fetchrow(
        "SELECT e.*, s.salt FROM audit_event e JOIN audit_salt s ON s.event_id = e.id WHERE e.id = $1", event
    )
    assert row is not None
    await owner_db.execute(
        """UPDATE audit_event SET actor_id = NULL, session_id = NULL, conversation_id = NULL, subject_id = NULL,
                                  from_seq = NULL, to_seq = NULL, count = NULL, personal = $2, erased_by = $3
            WHERE id = $1""",
        event,
        personal_of(entry_of(row)),
        erased_by,
    )
    await owner_db.execute("DELETE FROM audit_salt WHERE event_id = $1", event)
    return leaf_of(row["workspace_id"], entry_of(row))


async def test_an_erasure_that_somebody_else_recorded_is_none(
    happen: Happen,
    verified: Verify,
    owner_db: Connection,
    sealer: Sealer,
    house: House,
    workspace: UUID,
    clock: Clock,
) -> None:
    event, erasure = (await happen())[1], uuid4()
    leaf = await hidden(owner_db, event, erasure)
    assert (await first_fault(verified)).event == event

    # The sealer seals it like any: it can't know who wrote it.
    await owner_db.execute(
        """INSERT INTO audit_event (workspace_id, id, at, kind, actor, count)
           VALUES ($1, $2, $3, 'erasure', 'system', 1)""",
        workspace,
        erasure,
        clock(),
    )
    await owner_db.execute("INSERT INTO audit_salt VALUES ($1, $2, $3)", workspace, erasure, bytes(16))
    assert await sealer.seal(workspace) is not None
    fault = await first_fault(verified)
    assert (fault.what, fault.event) == ("unsalted", event)

    forged = Erasure(workspace, erasure, [event], [leaf])
    add = "INSERT INTO audit_erasure VALUES ($1, $2, $3, $4, $5)"
    theirs = Keyring(b"m" * SECRET_BYTES).signing_key(PURPOSE)
    await owner_db.execute(add, workspace, erasure, [event], [leaf], forged.signed(theirs))
    fault = await first_fault(verified)
    assert (fault.what, fault.event) == ("unsalted", event)

    ours = house.keyring.signing_key(PURPOSE)
    await owner_db.execute("UPDATE audit_erasure SET signature = $1", forged.signed(ours))
    assert (await verified()).fault is None, "the signature is all that was missing"


async def test_an_erasure_that_was_recorded_takes_nothing_more(
    happen: Happen, verified: Verify, owner_db: Connection, sealer: Sealer, workspace: UUID
) -> None:
    ada = uuid4()
    await happen(2, subject=ada)
    await sealer.erase(workspace, {ada})
    (event,) = await happen(1)
    assert (await verified()).fault is None
    erasure = await owner_db.fetchval("SELECT id FROM audit_event WHERE kind = 'erasure'")
    leaf = await hidden(owner_db, event, erasure)
    assert (await first_fault(verified)).event == event

    for change in (
        "events = events || $1::uuid, leaves = leaves || $2::bytea",
        "events = events || $1::uuid, leaves = leaves || NULL::bytea, signature = $2",
        "events = ARRAY[$1::uuid], leaves = ARRAY[$2::bytea]",
    ):
        await owner_db.execute(f"UPDATE audit_erasure SET {change}", event, leaf)  # noqa: S608

        assert (await first_fault(verified)).what == "unsalted", change


async def test_an_event_that_waits_for_its_seal_and_lost_its_salt_is_named_and_stops_nothing(
    happen: Happen, verified: Verify, owner_db: Connection, sealer: Sealer, workspace: UUID
) -> None:
    event, *others = await happen(3, sealed=False)
    await owner_db.execute("DELETE FROM audit_salt WHERE event_id = $1", event)
    seal = await sealer.seal(workspace)
    assert seal is not None
    assert seal.count == len(others)

    fault = await first_fault(verified)

    assert (fault.what, fault.event) == ("unsalted", event)
