"""The judgment: the gate, `decide`, `decide_list`, `decide_team`. The only maker of permits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from privity.policy.articles import CONTACT, TEAM
from privity.policy.facts import Assurance, Case, Session, TeamCase, TeamViewer, Viewer, opens_history

Reason = str


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why. The reason is for the team; behind the gate a contact hears one answer for all of them."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Permit:
    """Yes: this session may read and write this conversation's public messages, now.

    Good for the transaction, or the one delivery, for which it was made.
    """

    workspace: UUID
    session: UUID
    identity: UUID | None
    conversation: UUID
    reason: Reason
    at: datetime


@dataclass(frozen=True, slots=True)
class ListPermit:
    """Yes: this session may list what it started itself and, where `covers` says so, what its person owns."""

    workspace: UUID
    session: UUID
    identity: UUID | None
    linked: frozenset[UUID]
    covers: Literal["live", "live and owned"]
    at: datetime


@dataclass(frozen=True, slots=True)
class PreviewPermit:
    """Yes: this session may see the first line of this conversation, which is on offer to it, and no more."""

    workspace: UUID
    session: UUID
    conversation: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class TeamPermit:
    """Yes: this teammate or key may read and write everything of this conversation, notes included."""

    workspace: UUID
    reader: UUID
    conversation: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class TeamListPermit:
    """Yes: this teammate or key may list what its workspace has."""

    workspace: UUID
    reader: UUID
    at: datetime


def gate(session: Session | None, workspace: UUID, at: datetime) -> Viewer | Refusal:
    """Only a living session of this workspace passes. Asked before any id is looked at, on every route."""
    if session is None or session.workspace != workspace or session.ended_at is not None:
        return Refusal("session_over")
    if session.expires_at <= at:
        return Refusal("proof_over" if session.proof_bound else "session_over")
    if session.last_seen_at + session.idle <= at:
        return Refusal("session_over")
    return Viewer(
        workspace=session.workspace,
        session=session.id,
        assurance=session.assurance,
        identity=session.identity,
        linked=session.linked,
        offered=session.offered,
    )


def decide(case: Case, at: datetime) -> Permit | Refusal:
    """May this viewer read, and so write, this conversation? The first article that applies says it."""
    article = next(article for article in CONTACT if article.applies(case))
    if not article.allows or case.conversation is None:
        return Refusal(article.reason)
    viewer = case.viewer
    return Permit(viewer.workspace, viewer.session, viewer.identity, case.conversation.id, article.reason, at)


def decide_preview(case: Case, at: datetime) -> PreviewPermit | Refusal:
    """May this viewer see the first line, to tell whether it is theirs? Where the table says that it is on offer."""
    verdict = decide(case, at)
    if isinstance(verdict, Permit) or verdict.reason != "on_offer" or case.conversation is None:
        return Refusal("not_found" if isinstance(verdict, Permit) else verdict.reason)
    return PreviewPermit(case.viewer.workspace, case.viewer.session, case.conversation.id, at)


def decide_list(viewer: Viewer, history_from: Assurance, at: datetime) -> ListPermit:
    """What may this viewer list? Exactly the conversations that `decide` allows one by one."""
    opened = viewer.identity is not None and opens_history(viewer, history_from)
    return ListPermit(
        workspace=viewer.workspace,
        session=viewer.session,
        identity=viewer.identity,
        linked=viewer.linked,
        covers="live and owned" if opened else "live",
        at=at,
    )


def decide_write(viewer: Viewer, least_to_write: Assurance) -> Refusal | None:
    """Does this workspace take words from somebody who proved so little? Asked at the door of every write."""
    return Refusal("proof_needed") if viewer.assurance < least_to_write else None


def decide_team(case: TeamCase, at: datetime) -> TeamPermit | Refusal:
    """May this teammate or key read, and so write, this conversation?"""
    article = next(article for article in TEAM if article.applies(case))
    if not article.allows or case.conversation is None:
        return Refusal(article.reason)
    return TeamPermit(case.viewer.workspace, case.viewer.id, case.conversation.id, at)


def decide_team_list(viewer: TeamViewer, at: datetime) -> TeamListPermit | Refusal:
    """May this teammate or key list the workspace's conversations, and read who its contacts are?"""
    if not viewer.living:
        return Refusal("session_over")
    if not viewer.reaches:
        return Refusal("not_in_reach")
    return TeamListPermit(viewer.workspace, viewer.id, at)
