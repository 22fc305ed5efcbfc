"""What a session may know of itself."""

from datetime import datetime, timedelta

from msgspec import UNSET, UnsetType

from privity.house import House
from privity.policy.verdict import decide_list, decide_write
from privity.proofs.model import Caller
from privity.web import wire

RENEW_BEFORE = timedelta(seconds=60)


def state_of(house: House, caller: Caller, secret: str | None = None) -> wire.SessionState:
    """What a session may know of itself."""
    now, viewer = house.clock(), caller.viewer
    opened = decide_list(viewer, caller.rules.history_from, now).covers == "live and owned"
    return wire.SessionState(
        session=wire.SessionSecret(
            expires_at=caller.expires_at, token=secret if secret is not None else UNSET
        ),
        contact=wire.SessionContact(
            kind=caller.contact_kind,
            # IntEnum's word is one of the wire's five.
            assurance=viewer.assurance.word,  # type: ignore[arg-type]
            name=caller.name,
        ),
        history="open" if opened else "locked",
        write="proof_needed" if decide_write(viewer, caller.rules.least_to_write) else "open",
        proof=proof_of(caller, now),
    )


def proof_of(caller: Caller, now: datetime) -> wire.SessionProof | UnsetType:
    """Until when a proof lasts, and from when a fresh one is welcome."""
    if caller.kind != "page":
        return UNSET
    remaining = caller.expires_at - now
    return wire.SessionProof(
        expires_at=caller.expires_at, renew_after=caller.expires_at - min(RENEW_BEFORE, remaining / 2)
    )
