"""A contact's socket: `/widget/v1/stream`."""

from uuid import UUID

from privity.web.wire.chat import Message
from privity.web.wire.session import SessionProof, SessionState
from privity.web.wire.words import Body, ConversationState, Seq, Token, Unsaid


class FrameIn(Unsaid, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """A frame that a client sends."""


class AuthFrame(FrameIn, tag="auth"):
    """The first frame, within 5 s, unless the cookie carries the session."""

    token: str


class ResumeFrame(FrameIn, tag="resume"):
    """The last `seq` that the client has of each conversation; what it lacks follows as message frames."""

    seen: dict[UUID, Seq]


class SendFrame(FrameIn, tag="send"):
    conversation_id: UUID
    body: Body
    client_id: UUID


class TypingFrame(FrameIn, tag="typing"):
    conversation_id: UUID


class ReadFrame(FrameIn, tag="read"):
    conversation_id: UUID
    seq: Seq


class ProofFrame(FrameIn, tag="proof"):
    """The same identity renews without a new session. Anything else ends the socket."""

    identity_token: Token


class PingFrame(FrameIn, tag="ping"):
    pass


ContactFrame = AuthFrame | ResumeFrame | SendFrame | TypingFrame | ReadFrame | ProofFrame | PingFrame


class FrameOut(Unsaid, kw_only=True, tag_field="type"):
    """A frame that the server sends."""


class ReadyEvent(FrameOut, tag="ready"):
    state: SessionState


class MessageEvent(FrameOut, tag="message"):
    conversation_id: UUID
    seq: int
    message: Message


class SentEvent(FrameOut, tag="sent"):
    """The acknowledgement of a send: it is stored."""

    conversation_id: UUID
    client_id: UUID
    seq: int
    message: Message


class RefusedEvent(FrameOut, tag="refused"):
    """The answer to a frame that was not carried out; `client_id` names the send."""

    client_id: UUID | None
    status: int
    code: str
    detail: str
    retry_after: int | None = None


class TypingEvent(FrameOut, tag="typing"):
    """A teammate is writing. No row stands behind it; it fades after some seconds."""

    conversation_id: UUID
    name: str | None


class SeenEvent(FrameOut, tag="seen"):
    """The team has read up to `seq`."""

    conversation_id: UUID
    seq: int


class StateEvent(FrameOut, tag="state"):
    """The conversation was closed or reopened."""

    conversation_id: UUID
    state: ConversationState


class RenewedEvent(FrameOut, tag="renewed"):
    proof: SessionProof


class PongEvent(FrameOut, tag="pong"):
    pass


ContactEvent = (
    ReadyEvent
    | MessageEvent
    | SentEvent
    | RefusedEvent
    | TypingEvent
    | SeenEvent
    | StateEvent
    | RenewedEvent
    | PongEvent
)
