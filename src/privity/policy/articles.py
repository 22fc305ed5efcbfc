"""The two decision tables, a function for each row, in order. A docstring is the row as it is published.

The first article that applies decides. `docs/policy.md` and every *Why?* quote these sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from privity.policy.facts import Case, Conversation, TeamCase, opens_history

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Article(Generic[Asked]):
    """One row of a table: when it applies, what it answers, and the word for why."""

    applies: Callable[[Asked], bool]
    allows: bool
    reason: str

    @property
    def sentence(self) -> str:
        return " ".join((self.applies.__doc__ or "").split())


# ── For a contact ────────────────────────────────────────────────────────────────────────────────────────


def not_found(case: Case) -> bool:
    """There is no such conversation in this workspace."""
    return case.conversation is None or case.conversation.workspace != case.viewer.workspace


def erased(case: Case) -> bool:
    """The conversation, or its owner, is erased."""
    return _there(case).erased


def live(case: Case) -> bool:
    """It was started in this very session (or by the team for it), and has no owner or the owner is the
    identity this session proved."""
    conversation, viewer = _there(case), case.viewer
    return conversation.origin_session == viewer.session and conversation.owner in (None, viewer.identity)


def on_offer(case: Case) -> bool:
    """It is on offer to this session: not readable until its person takes it."""
    conversation = _there(case)
    return conversation.owner is None and conversation.origin_session in case.viewer.offered


def never_proved(case: Case) -> bool:
    """It has no owner: whoever wrote it never proved who they are."""
    return _there(case).owner is None


def not_proved(case: Case) -> bool:
    """The session proved nothing."""
    return case.viewer.identity is None


def not_owner(case: Case) -> bool:
    """The session proved another identity, not linked to the owner."""
    owner = _there(case).owner
    return owner != case.viewer.identity and owner not in case.viewer.linked


def proof_too_weak(case: Case) -> bool:
    """The proof is weaker than the workspace asks."""
    return not opens_history(case.viewer, case.history_from)


def owner(case: Case) -> bool:
    """The session proved the identity that owns it."""
    return True


CONTACT: tuple[Article[Case], ...] = (
    Article(not_found, False, "not_found"),
    Article(erased, False, "erased"),
    Article(live, True, "live"),
    Article(on_offer, False, "on_offer"),
    Article(never_proved, False, "never_proved"),
    Article(not_proved, False, "not_proved"),
    Article(not_owner, False, "not_owner"),
    Article(proof_too_weak, False, "proof_too_weak"),
    Article(owner, True, "owner"),
)


# ── For the team ─────────────────────────────────────────────────────────────────────────────────────────


def not_found_for_team(case: TeamCase) -> bool:
    """It is of another workspace, or there is no such conversation."""
    return case.conversation is None or case.conversation.workspace != case.viewer.workspace


def erased_for_team(case: TeamCase) -> bool:
    """The conversation is erased."""
    return case.conversation is not None and case.conversation.erased


def account_over(case: TeamCase) -> bool:
    """The account is disabled or the key revoked."""
    return not case.viewer.living


def not_in_reach(case: TeamCase) -> bool:
    """The role, the team's limits or the key's scope do not reach it."""
    return not case.viewer.reaches


def team(case: TeamCase) -> bool:
    """The team reads the conversations of its workspace."""
    return True


TEAM: tuple[Article[TeamCase], ...] = (
    Article(not_found_for_team, False, "not_found"),
    Article(erased_for_team, False, "erased"),
    Article(account_over, False, "session_over"),
    Article(not_in_reach, False, "not_in_reach"),
    Article(team, True, "team"),
)


def _there(case: Case) -> Conversation:
    """The conversation in question. The first article has sent away every case without one."""
    if case.conversation is None:
        raise LookupError("an article was asked out of its order")
    return case.conversation
