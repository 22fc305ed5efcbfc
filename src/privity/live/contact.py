"""A contact's socket: sends and marks come in, news goes out, each piece of it judged as it goes."""

import asyncio
from collections.abc import Hashable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from privity.conversations import actions
from privity.conversations import store as conversations
from privity.conversations.model import Draft, Standing
from privity.db.bus import BROKEN, Event
from privity.history import reading
from privity.history.model import Span
from privity.house import House
from privity.live import store
from privity.live.line import Line
from privity.live.places import Places
from privity.live.socket import Socket
from privity.policy.facts import Conversation
from privity.policy.verdict import Refusal
from privity.proofs.actions import renew
from privity.proofs.carriers import cookie_credential
from privity.proofs.door import SENTENCES, admit
from privity.proofs.model import Caller
from privity.proofs.state import state_of
from privity.web import limits, wire
from privity.web.credential import Credential
from privity.web.limits import PAGE_ITEMS
from privity.web.problems import Problem
from privity.web.wire.words import RESUMED_CONVERSATIONS

AUTH_SECONDS = 5.0
SIGN_OF_LIFE = timedelta(seconds=20)
FRESH_SECONDS = 1.0
EVERYTHING = 2_147_483_647

_decode = msgspec.json.Decoder(wire.ContactFrame).decode


class ContactSocket(Socket):
    """`_told` is the last seq told of each conversation; `_acknowledged` are seqs ahead of it that a send's own
    acknowledgement told; `_known` are facts of conversations, which whoever uses them has confirmed."""

    __slots__ = ("_acknowledged", "_caller", "_credential", "_frames", "_known", "_places", "_told")

    def __init__(self, house: House, line: Line, places: Places) -> None:
        super().__init__(house, line)
        self._places = places
        self._frames = line.frames()
        self._told: dict[UUID, int] = {}
        self._acknowledged: set[tuple[UUID, int]] = set()
        self._known: dict[UUID, Conversation] = {}

    async def _open(self) -> None:
        origin = self.line.headers.get("origin")
        if origin not in (None, self.house.settings.origin):
            await self.line.turn_away()
        await self._accept()
        if not await self._sits_by_cookie():
            await self._sit(await self._awaited_credential())

    async def _sits_by_cookie(self) -> bool:
        """A cookie counts only for the chat's own pages. Beside a page's own session a dead one may lie about."""
        if "origin" not in self.line.headers or self.line.query == b"carrier=token":
            return False
        credential = cookie_credential(self.line.headers)
        if credential is None:
            return False
        try:
            await self._sit(credential)
        except Problem as problem:
            if problem.status != 401:
                raise
            self._stand_up()
            return False
        return True

    async def _awaited_credential(self) -> Credential | None:
        """From the first frame, which must come soon and be `auth`."""
        try:
            async with asyncio.timeout(AUTH_SECONDS):
                frame = _decode(await anext(self._frames))
        except (TimeoutError, StopAsyncIteration, msgspec.DecodeError, UnicodeDecodeError):
            return None
        return Credential.parse(frame.token) if isinstance(frame, wire.AuthFrame) else None

    async def _sit(self, credential: Credential | None) -> None:
        if credential is None:
            raise Problem(401, "session_over", SENTENCES["session_over"])
        async with self._turn:
            self._stand_up()
            self._credential = credential
            # Before the gate is asked: an end that comes while it answers must find this socket.
            self._places.enter(self, credential.id)
            await self._admit()
            self._take_room(str(credential.id))
            self.house.limiter.take(limits.SOCKETS, "sockets", str(credential.id))
            await self._tell(wire.ReadyEvent(state=state_of(self.house, self._caller)))

    def _stand_up(self) -> None:
        self._places.leave(self)
        self._session_room.close()
        self._admitted_at = None
        self._hints.clear()
        self._told.clear()
        self._acknowledged.clear()
        self._known.clear()

    async def _admit(self) -> None:
        # The time that was judged, and not when the answer came: what ran out meanwhile is due.
        asked_at = self.house.clock()
        self._caller: Caller = await admit(self.house, self._credential)
        self._admitted_at = asked_at
        self._enter_places()

    def _enter_places(self) -> None:
        """Where news of what this session may read is told: what it began, and what its person owns."""
        viewer = self._caller.viewer
        proved = (viewer.identity,) if viewer.identity is not None else ()
        self._places.move(self, (viewer.session, *proved, *viewer.linked))

    def _is_due(self, now: datetime, admitted_at: datetime) -> bool:
        """The proof's end, unless it was renewed elsewhere; and an open socket is its session's sign of life."""
        return now >= min(self._caller.expires_at, admitted_at + SIGN_OF_LIFE)

    def missed(self) -> None:
        self.doubt()
        for conversation in self._told:
            self._ask_for_news(conversation)

    # ── What comes in ────────────────────────────────────────────────────────────────────────────────────────

    async def _listen(self) -> None:
        first = True
        async for raw in self._frames:
            self.house.limiter.take(limits.REQUESTS, "requests", str(self._credential.id))
            frame = await self._read(raw)
            if first and isinstance(frame, wire.AuthFrame):
                # The page has a session of its own beside the browser's cookie: it is that one's socket.
                await self._sit(Credential.parse(frame.token))
            elif frame is not None:
                await self._take(frame)
            first = False

    async def _read(self, raw: str | bytes) -> wire.ContactFrame | None:
        try:
            frame: wire.ContactFrame = _decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            await self._refuse(Problem(400, "bad_frame", "This is not a frame that the chat knows."), None)
            await self._count_rubbish()
            return None
        return frame

    async def _take(self, frame: wire.ContactFrame) -> None:
        if isinstance(frame, wire.ProofFrame):
            await self._renew(frame)
            return
        try:
            await self._act(frame)
        except Problem as problem:
            await self._refuse(problem, frame)
        except BROKEN:
            await self._refuse(Problem(503, "not_ready", "The chat can't do that just now."), frame)

    async def _act(self, frame: wire.ContactFrame) -> None:
        match frame:
            case wire.SendFrame():
                await self._send(frame)
            case wire.TypingFrame():
                await actions.tell_typing(self.house, self._caller, frame.conversation_id)
            case wire.ReadFrame():
                await actions.mark_read(self.house, self._caller, frame.conversation_id, frame.seq)
            case wire.ResumeFrame():
                self._resume(frame)
            case wire.PingFrame():
                await self._tell(wire.PongEvent())
            case _:
                raise Problem(400, "bad_frame", "This frame comes first or not at all.")

    async def _send(self, frame: wire.SendFrame) -> None:
        conversation = frame.conversation_id
        async with self._turn:
            draft = Draft(frame.body, frame.client_id)
            if conversation not in self._known:
                await self._look(conversation)
            message, _ = await actions.send(
                self.house, self._caller, conversation, draft, self._known.get(conversation)
            )
            self._acknowledge(conversation, message.seq)
            await self._tell(
                wire.SentEvent(
                    conversation_id=conversation, client_id=frame.client_id, seq=message.seq, message=message
                )
            )

    def _acknowledge(self, conversation: UUID, seq: int) -> None:
        """What lies between the last that was told and this one is still to be told."""
        told = self._told.get(conversation)
        if told is not None and seq == told + 1:
            self._told[conversation] = seq
        elif told is None or seq > told:
            self._acknowledged.add((conversation, seq))

    def _resume(self, frame: wire.ResumeFrame) -> None:
        if len(frame.seen) > RESUMED_CONVERSATIONS:
            raise Problem(
                422, "not_valid", f"At most {RESUMED_CONVERSATIONS} conversations are resumed at once."
            )
        # Each is looked up, as by a request of its own; the frame itself was counted as the first.
        for _ in range(len(frame.seen) - 1):
            self.house.limiter.take(limits.REQUESTS, "requests", str(self._credential.id))
        for conversation, seq in frame.seen.items():
            self._told[conversation] = seq
            self._ask_for_news(conversation)

    def _ask_for_news(self, conversation: UUID) -> None:
        self.hint(Event("message", self._credential.workspace, conversation, seq=EVERYTHING))

    async def _renew(self, frame: wire.ProofFrame) -> None:
        """The same identity renews. Anything else ends the socket."""
        self._caller = await renew(self.house, self._caller, frame.identity_token)
        proof = state_of(self.house, self._caller).proof
        if isinstance(proof, wire.SessionProof):
            await self._tell(wire.RenewedEvent(proof=proof))

    async def _refuse(self, problem: Problem, frame: wire.ContactFrame | None) -> None:
        """Say why a frame was not carried out. A session that is over ends the socket instead."""
        if problem.status == 401:
            raise problem
        retry_after = problem.headers.get("Retry-After")
        await self._tell(
            wire.RefusedEvent(
                client_id=frame.client_id if isinstance(frame, wire.SendFrame) else None,
                status=problem.status,
                code=problem.code,
                detail=problem.detail,
                retry_after=int(retry_after) if retry_after else None,
            )
        )

    # ── What goes out ────────────────────────────────────────────────────────────────────────────────────────

    def hint(self, event: Event) -> None:
        """Of a conversation that is new here, the first event that is heard begins what is told."""
        if event.kind == "message" and event.conversation is not None:
            self._told.setdefault(event.conversation, event.seq - 1)
        super().hint(event)

    def _key(self, event: Event) -> Hashable:
        return event.kind, event.conversation

    async def _deliver(self, event: Event) -> None:
        """Judged at each delivery, not once at subscribe: a proof can end while the socket stays open."""
        conversation = event.conversation
        if conversation is None:
            return
        if event.kind == "message":
            await self._tell_news(conversation, event.seq)
            return
        standing = await self._look(conversation)
        if isinstance(actions.judge(self.house, self._caller, standing), Refusal):
            return
        match event.kind:
            case "state":
                state: wire.ConversationState = "closed" if standing.closed else "open"
                await self._tell(wire.StateEvent(conversation_id=conversation, state=state))
            case "seen":
                await self._tell(wire.SeenEvent(conversation_id=conversation, seq=event.seq))
            case _:
                await self._tell_typing(conversation, event)

    async def _look(self, conversation: UUID) -> Standing:
        """Where it stands now. Raises the gate's 401 where the session is over."""
        standing = await conversations.standing(self.house, self._caller.viewer, conversation)
        if not standing.lives:
            await self._admit()
        if standing.conversation is not None:
            self._known[conversation] = standing.conversation
        else:
            self._known.pop(conversation, None)
        return standing

    async def _tell_news(self, conversation: UUID, seq: int) -> None:
        """One round trip where the facts are known: the statement that fetches the rows reads, too, that the session
        lives and the conversation is its own. Where that gives nothing, the facts are read anew."""
        if seq <= self._told[conversation]:
            return
        known = self._known.get(conversation)
        if known is not None and await self._tell_page(Standing(True, known)):
            return
        await self._tell_page(await self._look(conversation))
        if conversation not in self._known:
            self._forget(conversation)

    def _forget(self, conversation: UUID) -> None:
        """One that is not theirs, or is none: whatever ids are made up, none is kept. Where more of it waits, that is
        looked at first."""
        if ("message", conversation) not in self._hints:
            del self._told[conversation]

    async def _tell_page(self, standing: Standing) -> bool:
        """All that was said since the last that was told here; whether there was anything."""
        permit = actions.judge(self.house, self._caller, standing)
        if isinstance(permit, Refusal):
            return False
        span = Span(after=self._told[permit.conversation], limit=PAGE_ITEMS)
        page = await reading.read(self.house, permit, span)
        for message in page.items:
            await self._tell_message(permit.conversation, message)
        if page.next_cursor is not None:
            self._ask_for_news(permit.conversation)
        return bool(page.items)

    async def _tell_message(self, conversation: UUID, message: wire.Message) -> None:
        if (conversation, message.seq) in self._acknowledged:
            self._acknowledged.discard((conversation, message.seq))
        else:
            await self._tell(
                wire.MessageEvent(conversation_id=conversation, seq=message.seq, message=message)
            )
        self._told[conversation] = message.seq

    async def _tell_typing(self, conversation: UUID, event: Event) -> None:
        """No row stands behind it, so it goes out only while the bus is known to bring ends, too."""
        if event.actor is None or not self.house.bus.heard_within(FRESH_SECONDS):
            return
        name = await store.teammate_name(self.house, event.workspace, event.actor)
        await self._tell(wire.TypingEvent(conversation_id=conversation, name=name))
