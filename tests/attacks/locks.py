"""The locks around what was said, and how each is taken out."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from privity.conversations import actions
from privity.db.pool import Pool, Row
from privity.history import reading, routes
from privity.history.cursors import open_cursor, seal_cursor
from privity.house import House
from privity.live.places import Places
from privity.policy.facts import Assurance, Case, Session, Viewer
from privity.policy.verdict import ListPermit, Permit, Refusal
from privity.proofs import door
from privity.web.credential import Credential
from tests.attacks.harness import Breach, defence

_WORKSPACE = "nullif(current_setting('privity.workspace', true), '')::uuid"
_ASKS_FOR_THE_OWNER = ("contact_case", "contact_list", "contact_send", "contact_mark_read", "contact_rate")


@defence
def the_judge_and_the_second_lock(breach: Breach) -> None:
    """Either alone would hold, so both go: the judge says yes, and the database asks for no owner."""
    _judge_says_yes(breach)
    _database_asks_for_no_owner(breach)
    for function in _ASKS_FOR_THE_OWNER:
        breach.function(function, r"\b([ocu])\.owner = ", r"true OR \1.owner = ")


@defence
def the_second_lock(breach: Breach) -> None:
    """Row-level security of what contacts and the team read; the functions keep their own predicates."""
    _database_asks_for_no_owner(breach)
    breach.database(
        "DROP POLICY workspace ON conversation",
        "CREATE POLICY workspace ON conversation TO privity_team USING (true)",
        "DROP POLICY workspace ON message",
        "CREATE POLICY workspace ON message TO privity_team USING (true)",
    )


@defence
def the_locks_on_what_the_team_keeps_to_itself(breach: Breach) -> None:
    """Notes and events are numbered and told like public words."""
    breach.database(
        "ALTER TABLE message DROP CONSTRAINT message_check",
        "DROP POLICY declared ON message",
        f"CREATE POLICY declared ON message FOR SELECT TO privity_contact USING (workspace_id = {_WORKSPACE})",
    )
    breach.function("team_send", r"IF p_kind = 'public'", "IF true")
    breach.function("contact_page", r"AND m\.kind = 'public'", "")


@defence
def the_gate(breach: Breach) -> None:
    """Whoever has a session's secret comes in, also when the session is over."""

    def let_in(session: object, workspace: object, at: datetime) -> Viewer:
        assert isinstance(session, Session)
        return Viewer(
            session.workspace,
            session.id,
            session.assurance,
            session.identity,
            session.linked,
            session.offered,
        )

    known = door.recognise

    def known_though_over(house: House, credential: Credential | None, also_risen: bool = True) -> Any:
        return known(house, credential, True)

    breach.replace(door, "gate", let_in)
    breach.replace(door, "recognise", known_though_over)
    breach.function(
        "gate_session", r"\s+AND \(s\.ended_at IS NULL OR p_risen AND s\.end_reason = 'rise'\)", ""
    )
    breach.function(
        "stand_as", r"s\.ended_at IS NULL\s+AND s\.expires_at > p_now AND s\.last_seen_at[^A]+AND", ""
    )


@defence
def the_secrets_comparison(breach: Breach) -> None:
    """An id is enough to come in."""
    breach.replace(Credential, "fits", lambda *_: True)
    for function, row in (("gate_session", "s"), ("team_session", "s"), ("team_key", "k")):
        breach.function(function, rf" AND {row}\.secret_hash = p_hash", "")


@defence
def the_end_of_what_a_transaction_stood_for(breach: Breach) -> None:
    """A connection keeps the last request's variables."""
    breach.function("stand_as", r", true\)", ", false)")


@defence
def the_places_on_the_bus(breach: Breach) -> None:
    """Every socket is told of every event, and the judge says yes to each."""
    breach.replace(Places, "at", lambda places, *_: set(places))
    _judge_says_yes(breach)
    _database_asks_for_no_owner(breach)
    breach.function("contact_case", r"\bc\.owner = ", "true OR c.owner = ")


@defence
def the_binding_of_cursors(breach: Breach) -> None:
    """A cursor is good for whoever brings it."""
    breach.replace(
        reading, "seal_cursor", lambda keyring, chance, place, _: seal_cursor(keyring, chance, place, b"")
    )
    breach.replace(reading, "open_cursor", lambda keyring, cursor, _: open_cursor(keyring, cursor, b""))


def _judge_says_yes(breach: Breach) -> None:
    breach.replace(actions, "decide", _yes)
    breach.replace(routes, "decide_list", _yes_to_all)


def _yes(case: Case, at: datetime) -> Permit | Refusal:
    viewer, found = case.viewer, case.conversation
    if found is None:
        return Refusal("not_found")
    return Permit(viewer.workspace, viewer.session, viewer.identity, found.id, "owner", at)


def _yes_to_all(viewer: Viewer, history_from: Assurance, at: datetime) -> ListPermit:
    return ListPermit(viewer.workspace, viewer.session, viewer.identity, viewer.linked, "live and owned", at)


def _database_asks_for_no_owner(breach: Breach) -> None:
    breach.database(
        "DROP POLICY own ON conversation",
        f"CREATE POLICY own ON conversation TO privity_contact USING (workspace_id = {_WORKSPACE})",
        "DROP POLICY declared ON message",
        "CREATE POLICY declared ON message FOR SELECT TO privity_contact"
        f" USING (kind = 'public' AND workspace_id = {_WORKSPACE})",
        "DROP POLICY own_words ON message",
        f"CREATE POLICY own_words ON message FOR INSERT TO privity_contact WITH CHECK (workspace_id = {_WORKSPACE})",
    )


@defence
def an_answer_for_each_who_asks(breach: Breach) -> None:
    """Who asks while the same is being asked gets the other's answer, as where a cache is protected from a rush."""
    fetch, under_way = Pool.fetch, dict[str, asyncio.Task[Sequence[Row]]]()

    async def together(pool: Pool, statement: str, *arguments: Any) -> Sequence[Row]:
        task = under_way.get(statement)
        if task is None:
            task = under_way[statement] = asyncio.ensure_future(fetch(pool, statement, *arguments))
            task.add_done_callback(lambda _: under_way.pop(statement, None))
        return await asyncio.shield(task)

    breach.replace(Pool, "fetch", together)
