"""The shapes on the wire: what a contact's client and the team's inbox send and receive.

`web/protocol/wire.ts` is generated from them (`python -m privity.web.wire_types`), so that the two sides
cannot drift. Times are RFC 3339 in UTC, ids are UUIDs, text is markdown source. Unknown fields are refused.
"""

from privity.web.wire.chat import *
from privity.web.wire.chat_stream import *
from privity.web.wire.desk import *
from privity.web.wire.desk_stream import *
from privity.web.wire.errors import *
from privity.web.wire.log import *
from privity.web.wire.own import *
from privity.web.wire.people import *
from privity.web.wire.proving import *
from privity.web.wire.rules import *
from privity.web.wire.session import *
from privity.web.wire.setup import *
from privity.web.wire.vouching import *
from privity.web.wire.words import *
