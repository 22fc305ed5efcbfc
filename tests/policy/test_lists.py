"""A list is a read of each conversation in it: it holds exactly what `decide` opens one by one."""

from hypothesis import given
from hypothesis import strategies as st

from privity.policy.facts import Assurance, Case, Conversation, Viewer
from privity.policy.verdict import ListPermit, Permit, decide, decide_list
from tests.clock import MONDAY_MORNING
from tests.policy.cases import PROOFS, conversations, viewers

worlds = st.lists(st.sampled_from(tuple(conversations())), min_size=1)


def covers(permit: ListPermit, conversation: Conversation) -> bool:
    """What a list permit says in words: what this session started and nobody else owns, or what its person owns."""
    own = {permit.identity, *permit.linked} - {None}
    started_here = conversation.origin_session == permit.session
    return (
        conversation.workspace == permit.workspace
        and not conversation.erased
        and (
            (started_here and conversation.owner in (None, permit.identity))
            or (permit.covers == "live and owned" and conversation.owner in own)
        )
    )


@given(world=worlds, viewer=st.sampled_from(tuple(viewers())), history_from=st.sampled_from(PROOFS))
def test_what_is_listed_is_what_opens(
    world: list[Conversation], viewer: Viewer, history_from: Assurance
) -> None:
    permit = decide_list(viewer, history_from, MONDAY_MORNING)

    listed = [conversation for conversation in world if covers(permit, conversation)]

    assert listed == [
        conversation
        for conversation in world
        if isinstance(decide(Case(viewer, conversation, history_from), MONDAY_MORNING), Permit)
    ]


def test_some_lists_hold_the_past_and_some_do_not() -> None:
    answers = {
        decide_list(viewer, history_from, MONDAY_MORNING).covers
        for viewer in viewers()
        for history_from in PROOFS
    }

    assert answers == {"live", "live and owned"}
