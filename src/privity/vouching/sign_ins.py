"""Where people may sign in to the chat: OpenID Connect providers, each by its issuer and the client that the company
has there. What a provider says of itself is read when it is added, and again when that is an hour old."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import uuid_utils.compat

from privity.audit.model import OPERATOR, AuditEvent, By
from privity.db.pool import Row
from privity.db.queries import beside
from privity.house import House
from privity.outward.fault import FetchError
from privity.refused import NotThereError, RefusedError
from privity.vouching.discovery import ClientAuthMethod, Discovery, DiscoveryError, discover
from privity.vouching.ending import tell_of_ends
from privity.vouching.key_set import KeySetError
from privity.web.input import clean_text
from privity.web.problems import Problem

SQL = beside(__file__, "sign_ins.sql")

PURPOSE = "sign-in client"
CALLBACK = "/widget/signed-in"
FRESH_FOR = timedelta(hours=1)
GOOD_FOR = timedelta(days=1)
LOOKS_AGAIN_AFTER = timedelta(minutes=1)
NAME_CHARACTERS = 64
CLIENT_CHARACTERS = 255
UNFIT = (FetchError, KeySetError, DiscoveryError)


class SignInRefusedError(RefusedError):
    """A provider cannot be taken."""


class NoSuchProviderError(NotThereError):
    """People may not sign in at any provider of this id."""

    def __init__(self) -> None:
        super().__init__("There is no such provider.")


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that is on. `discovery` is None where what it said of itself is too old to go by."""

    id: UUID
    name: str
    issuer: str
    client_id: str
    client_secret: str | None
    discovered_at: datetime | None
    discovery: Discovery | None

    @property
    def auth_method(self) -> ClientAuthMethod:
        if self.client_secret is None or self.discovery is None:
            return "none"
        known = [method for method in self.discovery.auth_methods if method != "none"]
        return known[0] if known else "client_secret_basic"


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """A provider as it is shown: never its secret. `fault` is why the last sign-in or look failed there."""

    id: UUID
    name: str
    issuer: str
    client_id: str
    added_at: datetime
    last_used_at: datetime | None
    fault: str | None


def redirect_uri(house: House) -> str:
    """What is registered at the provider, letter by letter."""
    return f"{house.settings.origin}{CALLBACK}"


async def add(
    house: House,
    workspace: UUID,
    name: str,
    issuer: str,
    client_id: str,
    client_secret: str | None,
    by: By = OPERATOR,
) -> UUID:
    """People may sign in there from now on; where it cannot be used, nothing changes."""
    name, client_id = _line("name", name, NAME_CHARACTERS), _line("client id", client_id, CLIENT_CHARACTERS)
    try:
        house.outward.check(issuer)
        discovery = await discover(house, issuer)
    except UNFIT as failure:
        raise SignInRefusedError(f"This provider cannot be used. {failure}") from None
    provider, now = uuid_utils.compat.uuid7(), house.clock()
    secret = _sealed(house, provider, client_secret)
    told = msgspec.json.encode(discovery).decode()
    async with house.pools.operator.within(workspace) as db:
        if not await db.fetchval(
            SQL["add_provider"], workspace, provider, name, issuer, client_id, secret, now, told
        ):
            raise SignInRefusedError("A provider of this issuer is there already. Remove it first.")
    await house.ledger.record(_event(workspace, provider, "sign_in_added", by))
    return provider


async def remove(house: House, workspace: UUID, provider: UUID, by: By = OPERATOR) -> int:
    """Nobody signs in there any more, and who did is out. Answers how many sessions were over."""
    now = house.clock()
    async with house.pools.operator.within(workspace) as db:
        was_on = await db.fetchval(SQL["remove_provider"], workspace, provider, now)
        issuer = was_on or await db.fetchval(SQL["removed_provider"], workspace, provider)
    if issuer is None:
        raise NoSuchProviderError
    # Only now: a session that opens by it in this moment finds it removed, or is found here.
    async with house.pools.operator.within(workspace) as db:
        ended = await db.fetch(SQL["end_sessions_by"], workspace, provider_word(issuer), now)
    if was_on is None and not ended:
        raise NoSuchProviderError
    return await tell_of_ends(
        house, workspace, ended, "key_revoked", by, _event(workspace, provider, "sign_in_removed", by)
    )


async def lines(house: House, workspace: UUID) -> list[ProviderLine]:
    """Every provider that is on, oldest first."""
    async with house.pools.operator.within(workspace) as db:
        return [ProviderLine(**row) for row in await db.fetch(SQL["provider_lines"], workspace)]


async def provider_of(house: House, workspace: UUID, provider: UUID) -> Provider | None:
    """A provider that is on, with what it says of itself: read anew where that is old."""
    found = await _provider(house, workspace, provider)
    if found is not None and (
        found.discovered_at is None or found.discovered_at + FRESH_FOR <= house.clock()
    ):
        found = await looked_at_again(house, workspace, provider)
    return found


async def looked_at_again(house: House, workspace: UUID, provider: UUID) -> Provider | None:
    """The same after a look, once a minute at most for however many ask. A failure keeps what was known, for a day."""
    await house.outward.together(
        f"provider {workspace} {provider}", lambda: _look_again(house, workspace, provider)
    )
    return await _provider(house, workspace, provider)


async def note_fault(house: House, workspace: UUID, provider: UUID, fault: str | None) -> None:
    """Why nobody can sign in there, for the team and the operator; None once somebody could."""
    async with house.pools.gate.within(workspace) as db:
        await db.execute(SQL["provider_fault"], workspace, provider, fault, house.clock())


def provider_word(issuer: str) -> str:
    """The provider of an identity that was proved there: by the issuer, so that its people stay who they are."""
    return f"oidc:{issuer}"


async def _look_again(house: House, workspace: UUID, provider: UUID) -> None:
    now = house.clock()
    async with house.pools.gate.within(workspace) as db:
        issuer = await db.fetchval(SQL["claim_a_look"], workspace, provider, now, now - LOOKS_AGAIN_AFTER)
    if issuer is None:
        return
    try:
        discovery = await discover(house, issuer)
    except UNFIT as failure:
        await note_fault(house, workspace, provider, str(failure))
        return
    told = msgspec.json.encode(discovery).decode()
    async with house.pools.gate.within(workspace) as db:
        await db.execute(SQL["discovered"], workspace, provider, now, told)


async def _provider(house: House, workspace: UUID, provider: UUID) -> Provider | None:
    async with house.pools.gate.within(workspace) as db:
        row = await db.fetchrow(SQL["provider"], workspace, provider)
    if row is None:
        return None
    sealed = row["client_secret"]
    secret = house.keyring.open(PURPOSE, sealed, provider.bytes) if sealed is not None else None
    return Provider(
        id=provider,
        name=row["name"],
        issuer=row["issuer"],
        client_id=row["client_id"],
        client_secret=secret.decode() if secret is not None else None,
        discovered_at=row["discovered_at"],
        discovery=_good_discovery(row, house.clock()),
    )


def _good_discovery(row: Row, now: datetime) -> Discovery | None:
    if row["discovered_at"] is None or row["discovered_at"] + GOOD_FOR <= now:
        return None
    return msgspec.json.decode(row["discovery"], type=Discovery)


def _sealed(house: House, provider: UUID, secret: str | None) -> bytes | None:
    if secret is None:
        return None
    if not secret or not secret.isprintable() or len(secret) > CLIENT_CHARACTERS:
        raise SignInRefusedError(f"A client's secret is one line of {CLIENT_CHARACTERS} characters at most.")
    return house.keyring.seal(PURPOSE, secret.encode(), provider.bytes)


def _line(what: str, text: str, longest: int) -> str:
    try:
        line = clean_text(text, what).strip()
    except Problem:
        line = ""
    if not line.isprintable() or not line or len(line) > longest:
        raise SignInRefusedError(f"The {what} of a provider is one line of {longest} characters at most.")
    return line


def _event(workspace: UUID, provider: UUID, reason: str, by: By) -> AuditEvent:
    return AuditEvent(workspace, "key_change", by.actor, by.id, subject=provider, reason=reason)
