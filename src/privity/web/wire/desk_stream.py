"""The team's socket: `/api/v1/stream`."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from privity.web.wire.chat_stream import FrameIn, FrameOut, PingFrame, PongEvent
from privity.web.wire.desk import TeamConversation, TeamMessage
from privity.web.wire.words import RESUMED_CONVERSATIONS, Seq


class TeamMessageEvent(FrameOut, tag="message"):
    conversation_id: UUID
    team_seq: int
    message: TeamMessage


class TeamConversationEvent(FrameOut, tag="conversation"):
    """A conversation is new, or its state, assignee or owner changed."""

    conversation: TeamConversation


class ContactTypingEvent(FrameOut, tag="typing"):
    conversation_id: UUID


class ContactReadEvent(FrameOut, tag="seen"):
    """The contact has read up to `seq`."""

    conversation_id: UUID
    seq: int


class SessionsChangedEvent(FrameOut, tag="sessions"):
    """A session of this contact began, proved, renewed or ended: who will see an answer may have changed."""

    contact_id: UUID


class TeamReadyEvent(FrameOut, tag="ready"):
    pass


TeamEvent = (
    TeamReadyEvent
    | TeamMessageEvent
    | TeamConversationEvent
    | ContactTypingEvent
    | ContactReadEvent
    | SessionsChangedEvent
    | PongEvent
)


class TeamTypingFrame(FrameIn, tag="typing"):
    conversation_id: UUID


class TeamResumeFrame(FrameIn, tag="resume"):
    """The last `team_seq` of each conversation that is open in front of the teammate; what is missing follows."""

    seen: Annotated[dict[UUID, Seq], Meta(max_length=RESUMED_CONVERSATIONS)]


TeamFrame = TeamTypingFrame | TeamResumeFrame | PingFrame
