"""First set-up."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from privity.web.limits import PAGE_CHARACTERS
from privity.web.wire.desk import Me
from privity.web.wire.words import Answer, Asked, Claim


class SetUp(Asked):
    """`POST /api/v1/setup`, once, with the token of the link (which a browser keeps behind the `#`).

    `history_from` is `mailbox` for a site on which nobody signs in: the chat mails codes, and they open history.
    """

    token: str
    name: Claim
    email: Claim
    password: Annotated[str, Meta(min_length=12, max_length=1024)]
    workspace: Claim
    site: Annotated[str, Meta(min_length=1, max_length=PAGE_CHARACTERS)]
    history_from: Literal["mailbox", "signed"] = "signed"


class NewSigningKey(Answer):
    """`secret` is shown once; of a public key that was given there is none."""

    kid: str
    alg: str
    secret: str


class SetUpDone(Answer):
    me: Me
    signing_key: NewSigningKey
    snippet: str
    needs_mail_server: bool


class FirstVisit(Answer):
    """`GET /api/v1/setup/visit`: when an allowed page first loaded the widget."""

    first_visit_at: datetime | None
    page: str | None
