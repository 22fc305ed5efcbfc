"""What every action is handed: the pools, the clock, the keys. Nothing here is opened by import; `app.py` builds it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from privity.audit.ledger import Ledger
from privity.audit.tally import Tally
from privity.chance import Chance
from privity.db.bus import Bus
from privity.db.lanes import Lanes
from privity.db.pool import Pools
from privity.keyring import Keyring
from privity.mail.letter import Post
from privity.outward.fetching import Outward
from privity.settings import Settings
from privity.web.limiter import Limiter


@dataclass(frozen=True, slots=True)
class House:
    settings: Settings
    pools: Pools
    keyring: Keyring
    clock: Callable[[], datetime]
    """The only source of the time, in UTC."""
    chance: Chance
    """The only source of ids and secrets that a contact sees."""
    bus: Bus
    lanes: Lanes
    """Through which a contact's messages are stored."""
    limiter: Limiter
    ledger: Ledger
    tally: Tally
    post: Post
    outward: Outward
    """Through which everything goes that the server fetches."""
