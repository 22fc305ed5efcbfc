"""What keeps each proved identity apart from every other one, and how it is taken out."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from privity.db.pool import Connection
from privity.house import House
from privity.proofs import actions, sign_in, store
from privity.proofs.carriers import Knock
from privity.proofs.mailbox import redeem
from privity.proofs.model import Proved
from privity.proofs.opening import Opened, open_proved
from privity.proofs.verifying import Workspace
from privity.vouching import sign_ins
from privity.web import wire
from tests.attacks.harness import Breach, defence

_OF_THIS_ADDRESS = """SELECT provider, subject FROM contact_identity
 WHERE workspace_id = $1 AND email = $2 AND retired_at IS NULL AND erased_at IS NULL ORDER BY created_at LIMIT 1"""
_PROVED_IN_THIS_BROWSER = """SELECT i.provider, i.subject FROM offer o
  JOIN contact_identity i ON i.workspace_id = o.workspace_id AND i.id = o.identity_id
 WHERE o.workspace_id = $1 AND o.session_id = $2"""


def link_by_address(breach: Breach, believes: Callable[[Proved], bool]) -> None:
    """Of whom a proof names by an address that is believed, and that an identity has."""

    async def open_by_address(
        house: House, workspace: Workspace, knock: Knock, known: Any, proved: Proved, *more: Any
    ) -> Opened:
        taken_for = proved
        if believes(proved):
            taken_for = await _taken_for(house, workspace.id, proved, _OF_THIS_ADDRESS, proved.email)
        return await open_proved(house, workspace, knock, known, taken_for, *more)

    breach.replace(actions, "open_proved", open_by_address)


@defence
def the_one_document_of_a_sign_in(breach: Breach) -> None:
    """An address comes from one document and whether it was checked from another, and then it is whose it was."""

    async def redeem_with_another(
        house: House, workspace: Workspace, session: UUID, told: wire.SignInProof, network: str
    ) -> Proved:
        proved = await sign_in.redeem_sign_in(house, workspace, session, told, network)
        provider = await sign_ins.provider_of(house, workspace.id, told.provider)
        assert provider is not None
        said = (await house.outward.get(f"{provider.issuer}/userinfo")).json()
        assert isinstance(said, dict)
        email = said["email"] if proved.email_verified else proved.email
        return replace(
            proved, email=email, email_verified=proved.email_verified or bool(said["email_verified"])
        )

    breach.replace(actions, "redeem_sign_in", redeem_with_another)
    link_by_address(breach, lambda proved: proved.email_verified)


@defence
def the_proof_of_each_who_is_named(breach: Breach) -> None:
    """Whom a token names beside its subject is proved by it as well."""

    async def open_as_named(
        house: House, workspace: Workspace, knock: Knock, known: Any, proved: Proved, *more: Any
    ) -> Opened:
        for named in proved.same_as:
            provider, _, subject = named.partition(":")
            proved = replace(proved, provider=provider, subject=subject)
        return await open_proved(house, workspace, knock, known, proved, *more)

    breach.replace(actions, "open_proved", open_as_named)


@defence
def the_letters_of_a_subject(breach: Breach) -> None:
    """Subjects that look alike, or differ in case alone, are one."""
    identity_of = store.identity_of

    async def of_any_spelling(
        db: Connection, workspace: UUID, provider: str, subject: str, now: datetime
    ) -> tuple[UUID, UUID]:
        looks = unicodedata.normalize("NFKC", subject).casefold().replace("\u0131", "i")
        return await identity_of(db, workspace, provider, looks, now)

    breach.replace(store, "identity_of", of_any_spelling)


@defence
def the_end_of_what_was_begun_before_a_proof(breach: Breach) -> None:
    """A code that a visitor asked for lives on when somebody has proved who they are, and is then one of theirs."""
    breach.statement(
        store.SQL,
        "rise",
        r"SET ended_at = \$3, end_reason = 'rise', (.*\s+WHERE)",
        r"SET \1 $3::timestamptz IS NOT NULL AND",
    )

    async def redeem_for_whoever_came(house: House, workspace: UUID, session: UUID, *more: Any) -> Proved:
        proved = await redeem(house, workspace, session, *more)
        return await _taken_for(house, workspace, proved, _PROVED_IN_THIS_BROWSER, session)

    breach.replace(actions, "redeem", redeem_for_whoever_came)


async def _taken_for(house: House, workspace: UUID, proved: Proved, found_by: str, key: object) -> Proved:
    async with house.pools.gate.within(workspace) as db:
        found = await db.fetchrow(found_by, workspace, key)
    return replace(proved, provider=found["provider"], subject=found["subject"]) if found else proved
