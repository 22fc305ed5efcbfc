"""A code, mailed to an address and typed back in the same browser session: it proves the mailbox, and no more.

The answer, its size and its time are the same for every address: the letter is written and sent behind the answer's
back, and how often one address is written to is limited in silence.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from msgspec import UNSET

from privity.house import House
from privity.mail.letter import Letter
from privity.policy.facts import Assurance
from privity.proofs.claims import say
from privity.proofs.model import Caller, Proved
from privity.proofs.store import SQL
from privity.web import limits, wire
from privity.web.input import clean_email
from privity.web.problems import Problem

CODE_LIVES = timedelta(minutes=10)
PROOF_LASTS = timedelta(hours=12)
TRIES = 3
NONE = ""
"""In place of a code that was not mailed: nobody has read it, so nobody gets in by guessing it. It can't be typed."""


async def send_code(house: House, caller: Caller, network: str, typed: str) -> wire.CodeSent:
    """One living code a session. What was typed is a claim, like any other."""
    address = clean_email(typed)
    if not caller.rules.codes or not house.post.delivers:
        raise Problem(409, "codes_not_offered", "This chat sends no codes. Sign in on the site instead.")
    session, workspace, now = caller.viewer.session, caller.viewer.workspace, house.clock()
    house.limiter.take(limits.CODES, "codes", str(session))
    house.limiter.take(limits.CODES_BY_NETWORK, "codes", network)
    code = f"{house.chance.below(1_000_000):06}"
    is_mailed = _has_room(house, workspace, address)
    async with house.pools.gate.within(workspace) as db:
        await db.execute(
            SQL["new_code"],
            workspace,
            session,
            address,
            _digest(house, session, address, code if is_mailed else NONE),
            now,
            now + CODE_LIVES,
        )
    await say(house, caller, wire.Claims(email=typed, name=UNSET))
    if is_mailed:
        house.post.send(_letter(caller.rules.name, address, code))
    return wire.CodeSent(expires_in=int(CODE_LIVES.total_seconds()))


async def redeem(house: House, workspace: UUID, session: UUID, code: str, network: str) -> Proved:
    """What a code proves. Each try is counted before it is looked at, so that tries side by side count, too."""
    house.limiter.check(limits.WRONG_CODES, "wrong codes", network)
    now = house.clock()
    async with house.pools.gate.within(workspace) as db:
        row = await db.fetchrow(SQL["try_code"], workspace, session, now, TRIES)
    if row is None or not hmac.compare_digest(
        _digest(house, session, row["address"], code), row["code_hash"]
    ):
        house.ledger.refused(workspace, session, "code")
        house.limiter.take(limits.WRONG_CODES, "wrong codes", network)
        raise _wrong()
    async with house.pools.gate.within(workspace) as db:
        if not await db.fetchval(SQL["use_code"], workspace, session, row["code_hash"], now):
            raise _wrong()
    return _proved(row["address"], house.chance.bytes(32), now)


def _has_room(house: House, workspace: UUID, address: str) -> bool:
    """Whether the mailbox gets another letter. Counted whoever asks: else many who ask could guess at one mailbox."""
    limiter = house.limiter
    return limiter.allows(limits.CODES_TO_ADDRESS, "codes to", str(workspace), address) and limiter.allows(
        limits.CODES_TO_ADDRESS_A_DAY, "codes to", address
    )


def _proved(address: str, digest: bytes, now: datetime) -> Proved:
    return Proved(
        kind="mailbox",
        provider="mailbox",
        subject=address,
        assurance=Assurance.MAILBOX,
        name=address,
        email=address,
        email_verified=True,
        key=None,
        proved_with="a code to the mailbox",
        digest=digest,
        issued_at=now,
        expires_at=now + PROOF_LASTS,
    )


def _digest(house: House, session: UUID, address: str, code: str) -> bytes:
    """Bound to the session and the exact address: the same digits prove nothing anywhere else."""
    return hmac.digest(house.keyring.key("mailbox code"), f"{session} {address} {code}".encode(), sha256)


def _letter(company: str, address: str, code: str) -> Letter:
    return Letter(
        to=address,
        subject=f"Your code for the chat of {company}",
        text=(
            f"{code}\n\nType this code into the chat in which you asked for it. It is good for ten minutes, in that "
            "browser alone.\n\nIf you did not ask for it, do nothing: somebody typed your address, and has learned "
            "nothing by it. Never tell the code to anybody, not to us either.\n"
        ),
    )


def _wrong() -> Problem:
    """Alike for a wrong code, an old one, one tried too often, and none at all."""
    return Problem(401, "invalid_code", "That code is not right, or no longer. Ask for a new one.")
