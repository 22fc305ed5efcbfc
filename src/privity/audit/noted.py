"""The readings that were recorded lately: the same again within a quarter of an hour is the same reading."""

from collections import OrderedDict
from datetime import datetime, timedelta

from privity.audit.model import AuditEvent

SAME_READING = timedelta(minutes=15)
READINGS_KEPT = 20_000
"""Above it the oldest is forgotten, and would be recorded again."""


class Noted:
    """Oldest first, so that what is over goes one by one: no reading waits for a look at all the others."""

    def __init__(self) -> None:
        self._at = OrderedDict[AuditEvent, datetime]()

    def holds(self, read: AuditEvent, now: datetime) -> bool:
        at = self._at.get(read)
        return at is not None and now - at < SAME_READING

    def add(self, read: AuditEvent, now: datetime) -> None:
        self._at[read] = now
        self._at.move_to_end(read)
        while len(self._at) > READINGS_KEPT or now - next(iter(self._at.values())) >= SAME_READING:
            self._at.popitem(last=False)
