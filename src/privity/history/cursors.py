"""Cursors of lists: sealed, of one length, good for one session and one query, telling their bearer nothing."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from privity.chance import Chance
from privity.history.model import Place
from privity.keyring import Keyring
from privity.web.base64url import bytes_of, word_of
from privity.web.problems import Problem

_PURPOSE = "cursor"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TIME_BYTES = 8


def seal_cursor(keyring: Keyring, chance: Chance, place: Place, bound_to: bytes) -> str:
    """`bound_to` names the session and the query; nothing else opens the cursor."""
    moment = (place.at - _EPOCH) // _MICROSECOND
    content = moment.to_bytes(_TIME_BYTES, "big") + place.id.bytes
    return word_of(keyring.seal(_PURPOSE, content, bound_to, chance))


def open_cursor(keyring: Keyring, cursor: str, bound_to: bytes) -> Place:
    content = keyring.open(_PURPOSE, bytes_of(cursor) or b"", bound_to)
    if content is None:
        raise Problem(
            400, "bad_cursor", "This cursor does not belong to this list. Start from the beginning."
        )
    moment = int.from_bytes(content[:_TIME_BYTES], "big") * _MICROSECOND
    return Place(_EPOCH + moment, UUID(bytes=content[_TIME_BYTES:]))
