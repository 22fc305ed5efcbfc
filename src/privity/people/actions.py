"""What teammates do at the door, and what the operator does about accounts and keys."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg
import uuid_utils.compat

from privity.audit.model import AuditEvent
from privity.db.bus import Event
from privity.house import House
from privity.people import passwords, store
from privity.people.model import KEY_PREFIX, Badge, Member, Role, Scope
from privity.refused import RefusedError
from privity.web import limits, wire
from privity.web.credential import Credential
from privity.web.input import clean_email, clean_line, clean_text
from privity.web.problems import Problem

# ── Signing in and out ───────────────────────────────────────────────────────────────────────────────────────


async def sign_in(house: House, who: wire.SignIn, network: str) -> tuple[Credential, wire.Me]:
    """Open a teammate's session. Whatever is wrong, the answer and the work behind it are the same."""
    email = clean_text(who.email, "email").strip().lower()
    house.limiter.take(limits.SIGN_INS, "sign-ins", network)
    for rate in limits.FAILED_SIGN_INS:
        house.limiter.check(rate, "failed sign-ins", network, email)
    account = await store.account(house, email)
    if not await passwords.fits(who.password, account.password_hash if account else None) or account is None:
        # Counted by who tries, never by the account alone: nobody can lock out a colleague who sits elsewhere.
        for rate in limits.FAILED_SIGN_INS:
            house.limiter.take(rate, "failed sign-ins", network, email)
        raise Problem(401, "sign_in_refused", "This address and password don't open an account.")
    credential = await sign_in_as(house, account)
    return credential, await me(house, await _living(house, credential))


async def sign_in_as(house: House, account: store.Account) -> Credential:
    """A session for somebody who has shown that the account is theirs."""
    credential = await store.open_session(house, account)
    await house.ledger.record(
        AuditEvent(account.workspace, "sign_in", "teammate", account.teammate, credential.id)
    )
    return credential


async def sign_out(house: House, member: Member) -> None:
    """End the teammate's session, here and on every socket."""
    if member.session is None:
        raise Problem(403, "people_only", "A key has no session to end: revoke it instead.")
    await store.end_session(house, member.workspace, member.session)
    house.bus.announce(Event("end", member.workspace, session=member.session, reason="session_over"))
    await house.ledger.record(
        AuditEvent(member.workspace, "session_end", "teammate", member.id, member.session)
    )


async def me(house: House, member: Member) -> wire.Me:
    """Who is signed in, and who else answers here."""
    if member.session is None:
        raise Problem(403, "people_only", "A key is nobody who is signed in.")
    return wire.Me(
        teammate=wire.Teammate(id=member.id, name=member.name, email=member.email),
        role=member.role,
        workspace=wire.Workspace(id=member.workspace, name=member.workspace_name),
        csrf=member.csrf,
        teammates=await store.teammates(house, member.workspace),
    )


async def _living(house: House, credential: Credential) -> Member:
    member = await store.member(house, Badge("session", credential))
    if member is None:
        raise Problem(401, "session_over", "You are not signed in.")
    return member


# ── Accounts and keys, by the operator ───────────────────────────────────────────────────────────────────────


class AccountError(RefusedError):
    """An account or a key cannot be made so, or is not there."""


async def add_teammate(
    house: House, workspace: UUID, *, email: str, name: str, password: str, role: Role = "agent"
) -> store.Account:
    """A new account, which may sign in from now on."""
    email, name = clean_email(email), clean_line(name, "name")
    password_hash = await passwords.hashed(password)
    try:
        async with house.pools.operator.within(workspace) as db:
            teammate = await store.add_teammate(
                db, workspace, email, name, role, password_hash, house.clock()
            )
    except asyncpg.UniqueViolationError:
        raise AccountError(f"There is an account for {email} already.") from None
    await house.ledger.record(
        AuditEvent(workspace, "teammate_change", "operator", subject=teammate, reason="added")
    )
    return store.Account(workspace, teammate, password_hash)


async def accounts(house: House, workspace: UUID) -> list[store.AccountLine]:
    async with house.pools.operator.within(workspace) as db:
        return await store.accounts(db, workspace)


async def change_password(house: House, workspace: UUID, email: str, password: str) -> None:
    """The account opens with this password alone; who is signed in with it is out."""
    password_hash = await passwords.hashed(password)
    async with house.pools.operator.within(workspace) as db:
        teammate = await store.new_password(db, workspace, clean_email(email), password_hash, house.clock())
    if teammate is None:
        raise AccountError(f"There is no living account for {email}.")
    await house.ledger.record(
        AuditEvent(workspace, "teammate_change", "operator", subject=teammate, reason="password")
    )


async def disable_teammate(house: House, workspace: UUID, email: str) -> None:
    """The account opens nothing from now on; its sessions are over."""
    async with house.pools.operator.within(workspace) as db:
        teammate = await store.disable_teammate(db, workspace, clean_email(email), house.clock())
    if teammate is None:
        raise AccountError(f"There is no living account for {email}.")
    await house.ledger.record(
        AuditEvent(workspace, "teammate_change", "operator", subject=teammate, reason="disabled")
    )


async def add_key(house: House, workspace: UUID, name: str, scopes: Sequence[Scope]) -> str:
    """A new key for a program: the word to send as a bearer. It is shown once."""
    credential = Credential.new(workspace, uuid_utils.compat.uuid7(), house.chance)
    async with house.pools.operator.within(workspace) as db:
        await store.add_key(db, credential, clean_line(name, "name"), scopes, house.clock())
    await house.ledger.record(
        AuditEvent(workspace, "key_change", "operator", subject=credential.id, reason="api_key_added")
    )
    return KEY_PREFIX + credential.word()


async def keys(house: House, workspace: UUID) -> list[store.KeyLine]:
    async with house.pools.operator.within(workspace) as db:
        return await store.keys(db, workspace)


async def revoke_keys(house: House, workspace: UUID, name: str) -> int:
    """The keys of this name open nothing from now on. How many they were."""
    async with house.pools.operator.within(workspace) as db:
        keys = await store.revoke_keys(db, workspace, name, house.clock())
    if not keys:
        raise AccountError(f"There is no living key that is called {name}.")
    await house.ledger.record(
        *(
            AuditEvent(workspace, "key_change", "operator", subject=key, reason="api_key_revoked")
            for key in keys
        )
    )
    return len(keys)
