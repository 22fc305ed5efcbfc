"""What keeps the ticket of a browser from being more than a question, and how it is taken out."""

from privity.house import House
from privity.proofs import door, store, tickets
from privity.proofs.door import Known, recognise
from privity.proofs.model import Caller, Credential
from tests.attacks.harness import Breach, defence

_SESSION = "SELECT session_id FROM ticket_session WHERE workspace_id = $1 AND ticket_id = $2 LIMIT 1"


@defence
def the_first_alone(breach: Breach) -> None:
    """Whoever proves who they are is asked, however many were before."""
    breach.statement(
        tickets.SQL,
        "use",
        r"SET identity_id = \$3, used_at = \$4( WHERE)",
        r"SET ended_at = NULL\1 $3::uuid IS NOT NULL AND $4::timestamptz IS NOT NULL AND",
    )
    breach.statement(
        store.SQL,
        "add_offer",
        "ON CONFLICT DO NOTHING",
        "ON CONFLICT (workspace_id, session_id) DO UPDATE SET identity_id = $3, settled_at = NULL, outcome = NULL",
    )
    breach.database("GRANT UPDATE (identity_id) ON offer TO privity_gate")


@defence
def the_end_of_a_ticket(breach: Breach) -> None:
    """A ticket is good until its time is over, whatever its browser was told."""
    breach.statement(
        tickets.SQL,
        "end",
        r"SET ended_at = \$3, end_reason = \$4(\s+WHERE)",
        r"SET ended_at = NULL\1 $3::timestamptz IS NOT NULL AND $4::text IS NOT NULL AND",
    )


@defence
def the_new_one_each_time(breach: Breach) -> None:
    """A browser whose ticket is good keeps it, and so sees that it is."""
    issue = tickets.issue

    async def only_where_there_is_none(
        house: House, caller: Caller, brought: Credential | None
    ) -> Credential | None:
        async with house.pools.gate.within(caller.viewer.workspace) as db:
            good = await tickets._at_hand(db, caller.viewer.workspace, brought, None)
        return None if good else await issue(house, caller, brought)

    breach.replace(tickets, "issue", only_where_there_is_none)


@defence
def the_door_that_takes_sessions_alone(breach: Breach) -> None:
    """A ticket is as good as the session that it stands for."""

    async def by_its_ticket(
        house: House, credential: Credential | None, also_risen: bool = True
    ) -> Known | None:
        if credential is None:
            return None
        async with house.pools.gate.within(credential.workspace) as db:
            session = await db.fetchval(_SESSION, credential.workspace, credential.id)
        its = Credential(credential.workspace, session or credential.id, credential.secret)
        return await recognise(house, its, also_risen)

    breach.replace(Credential, "fits", lambda *_: True)
    breach.function("gate_session", r" AND s\.secret_hash = p_hash", "")
    breach.replace(door, "recognise", by_its_ticket)
