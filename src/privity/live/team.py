"""A teammate's socket: what happens in the workspace, each row fetched under the team's own lock as it goes."""

from collections.abc import Hashable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from privity.conversations.team_case import permitted, reach
from privity.db.bus import Event
from privity.history.model import Span
from privity.history.team import team_conversation, team_message, team_messages
from privity.house import House
from privity.live.line import Line
from privity.live.places import Places
from privity.live.socket import Socket
from privity.people.door import admit, badge_of, require_own_page
from privity.people.model import Badge, Member, Scope
from privity.web import limits, wire
from privity.web.limits import PAGE_ITEMS
from privity.web.problems import Problem

LOOK_AGAIN = timedelta(seconds=5)
FRESH_SECONDS = 1.0
READ: Scope = "conversations:read"
WRITE: Scope = "conversations:write"
ENDS = (401, 429)
"""What a frame may meet that ends the socket."""

_decode = msgspec.json.Decoder(wire.TeamFrame).decode


class TeamSocket(Socket):
    __slots__ = ("_badge", "_behind", "_member", "_places")

    def __init__(self, house: House, line: Line, places: Places) -> None:
        super().__init__(house, line)
        self._places = places
        self._behind = False
        self._badge: Badge | None = badge_of(line.headers)

    async def _open(self) -> None:
        try:
            self._check_page()
        except Problem:
            await self.line.turn_away()
        await self._accept()
        if self._badge is not None and self._badge.kind == "session":
            # Before the door is asked: an end that comes while it answers must find this socket.
            self._places.enter(self, self._badge.credential.id)
        await self._admit()
        self._take_room(self._who)
        self._places.enter(self, self._member.workspace)
        await self._tell(wire.TeamReadyEvent())

    def _check_page(self) -> None:
        """A browser carries its cookie to whoever opens the socket, so the page that opens it must be ours."""
        if self._badge is None or self._badge.kind == "session":
            require_own_page(self.line.headers, self.house.settings.origin)

    @property
    def _who(self) -> str:
        """By whom limits are counted."""
        return str(self._member.session or self._member.id)

    async def _admit(self) -> None:
        asked_at = self.house.clock()
        self._member: Member = await admit(self.house, self._badge)
        if READ not in self._member.scopes:
            raise Problem(401, "not_in_reach", "This key does not reach conversations.")
        self._admitted_at = asked_at
        if self._behind:
            self._behind = False
            await self._tell(wire.TeamReadyEvent())

    def _is_due(self, now: datetime, admitted_at: datetime) -> bool:
        return now >= admitted_at + LOOK_AGAIN

    def missed(self) -> None:
        """Said to be ready again, the client asks for what it lacks."""
        self._behind = True
        self.doubt()

    # ── What comes in ────────────────────────────────────────────────────────────────────────────────────────

    async def _listen(self) -> None:
        async for raw in self.line.frames():
            self.house.limiter.take(limits.TEAM_REQUESTS, "team requests", self._who)
            try:
                await self._take(_decode(raw))
            except (msgspec.DecodeError, UnicodeDecodeError):
                await self._count_rubbish()
            except Problem as problem:
                # Nothing waits for the answer to a frame: only an end is told.
                if problem.status in ENDS:
                    raise

    async def _take(self, frame: wire.TeamFrame) -> None:
        match frame:
            case wire.TeamTypingFrame():
                await self._announce_typing(frame.conversation_id)
            case wire.TeamResumeFrame():
                await self._resume(frame)
            case wire.PingFrame():
                await self._tell(wire.PongEvent())

    async def _announce_typing(self, conversation: UUID) -> None:
        async with self.house.pools.team.within(self._member.workspace) as db:
            reached = await reach(db, self.house, self._member, conversation, WRITE)
        place = reached.conversation
        self.house.bus.announce(
            Event(
                "team_typing",
                place.workspace,
                place.id,
                place.origin_session,
                place.owner,
                actor=self._member.id,
            )
        )

    async def _resume(self, frame: wire.TeamResumeFrame) -> None:
        """Each for itself: one that is not in reach keeps no other back."""
        for conversation, team_seq in frame.seen.items():
            try:
                await self._tell_since(conversation, team_seq)
            except Problem as problem:
                if problem.status in ENDS:
                    raise

    async def _tell_since(self, conversation: UUID, team_seq: int | None) -> None:
        """All that was said since, page by page; each is a request of its own."""
        while team_seq is not None:
            self.house.limiter.take(limits.TEAM_REQUESTS, "team requests", self._who)
            permit = await permitted(self.house, self._member, conversation, READ)
            span = Span(after=team_seq, limit=PAGE_ITEMS)
            page = await team_messages(self.house, permit, self._member, span)
            for message in page.items:
                await self._tell_message(conversation, message)
            team_seq = page.items[-1].team_seq if page.next_cursor is not None else None

    # ── What goes out ────────────────────────────────────────────────────────────────────────────────────────

    def _key(self, event: Event) -> Hashable:
        return event.kind, event.conversation, event.contact, event.team_seq

    async def _deliver(self, event: Event) -> None:
        """What is fetched is fetched with whether this teammate still may; what is not rests on a fresh look."""
        if event.kind == "sessions":
            await self._tell_sessions(event)
        elif event.conversation is not None:
            try:
                await self._tell_of(event.conversation, event)
            except Problem as problem:
                if problem.status == 401:
                    raise

    async def _tell_sessions(self, event: Event) -> None:
        if event.contact is not None:
            await self._tell(wire.SessionsChangedEvent(contact_id=event.contact))

    async def _tell_of(self, conversation: UUID, event: Event) -> None:
        match event.kind:
            case "read":
                await self._tell(wire.ContactReadEvent(conversation_id=conversation, seq=event.seq))
            case "typing":
                if self.house.bus.heard_within(FRESH_SECONDS):
                    await self._tell(wire.ContactTypingEvent(conversation_id=conversation))
            case _:
                await self._tell_rows(conversation, event)

    async def _tell_rows(self, conversation: UUID, event: Event) -> None:
        permit = await permitted(self.house, self._member, conversation, READ)
        if event.kind in ("state", "assigned", "adopted", "blocked") or event.team_seq == 1:
            line = await team_conversation(self.house, permit, self._member)
            await self._tell(wire.TeamConversationEvent(conversation=line))
        if event.team_seq > 0:
            message = await team_message(self.house, permit, self._member, event.team_seq)
            if message is not None:
                await self._tell_message(conversation, message)

    async def _tell_message(self, conversation: UUID, message: wire.TeamMessage) -> None:
        await self._tell(
            wire.TeamMessageEvent(conversation_id=conversation, team_seq=message.team_seq, message=message)
        )
