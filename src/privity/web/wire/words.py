"""The words and bounds of which the shapes are made, and their common parents."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from privity.web.limits import BODY_CHARACTERS, CLAIM_CHARACTERS, PAGE_CHARACTERS, TOKEN_CHARACTERS

Assurance = Literal["none", "claimed", "legacy", "mailbox", "signed"]
ContactKind = Literal["visitor", "lead", "user"]
Openness = Literal["open", "locked"]
LegacyProduct = Literal["customerly", "intercom", "chatwoot", "helpscout", "crisp"]
MessageKind = Literal["public", "note", "event"]
ConversationState = Literal["open", "closed"]
MomentKind = Literal["opened", "proved", "refused", "ended"]
Supposition = Literal["token", "code", "mailbox_opens", "still_open"]
TeamState = Literal["open", "closed", "blocked"]
Body = Annotated[str, Meta(min_length=1, max_length=BODY_CHARACTERS)]
Token = Annotated[str, Meta(min_length=1, max_length=TOKEN_CHARACTERS)]
Claim = Annotated[str, Meta(min_length=1, max_length=CLAIM_CHARACTERS)]
RandomWord = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{22,128}$")]
Page = Annotated[str, Meta(max_length=PAGE_CHARACTERS)]
Seq = Annotated[int, Meta(ge=0, le=2_147_483_647)]

RESUMED_CONVERSATIONS = 200
"""That one frame names, to be told what is missing of each."""


class Unsaid(Struct):
    """What goes over the wire says nothing of itself but its kind: it may hold a secret, or somebody's words."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Asked(Unsaid, kw_only=True, forbid_unknown_fields=True):
    """What a client sends."""


class Answer(Unsaid, kw_only=True):
    """What the server sends."""
