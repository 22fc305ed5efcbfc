"""The first set-up: a link that the server prints, good once and for thirty minutes, and what is made behind it.

There is no default password: until the link is used nobody can sign in, and after that the link is nothing.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from privity.house import House
from privity.people import actions as people
from privity.people.door import admit
from privity.people.model import Badge
from privity.web import limits, wire
from privity.web.credential import Credential
from privity.web.problems import Problem
from privity.workspaces import actions, store

LINK_LASTS = timedelta(minutes=30)


async def new_link(house: House) -> str | None:
    """The address at which the first workspace is made, the one before it void; None where a workspace stands."""
    if await store.workspaces(house):
        return None
    token, now = secrets.token_urlsafe(32), house.clock()
    await store.replace_link(house, _hash(token), now, now + LINK_LASTS)
    # Behind the #, which no browser sends: the token reaches no log of a proxy, and no other site.
    return f"{house.settings.base_url}/setup#{token}"


async def set_up(house: House, ask: wire.SetUp, network: str) -> tuple[Credential, wire.SetUpDone]:
    """Account, workspace, site and key in one act, by whoever holds the link; and its owner is signed in."""
    house.limiter.take(limits.SIGN_INS, "set-ups", network)
    if not await store.link_is_good(house, _hash(ask.token), house.clock()):
        raise _link_is_over()
    plan = await actions.plan(
        house,
        name=ask.workspace,
        site=ask.site,
        owner_name=ask.name,
        owner_email=ask.email,
        password=ask.password,
        history_from=ask.history_from,
    )
    founded = await _found(house, plan, _hash(ask.token))
    credential = await people.sign_in_as(house, founded.owner)
    member = await admit(house, Badge("session", credential))
    done = wire.SetUpDone(
        me=await people.me(house, member),
        signing_key=wire.NewSigningKey(
            kid=founded.key.kid, alg=founded.key.alg, secret=founded.key.material.decode()
        ),
        snippet=snippet(house.settings.base_url, str(founded.id), names_people=plan.history_from == "signed"),
        needs_mail_server=plan.history_from == "mailbox" and not house.post.delivers,
    )
    return credential, done


def snippet(chat: str, workspace: str, *, names_people: bool) -> str:
    """The two lines for each page of the site. One on which nobody signs in has no page that says who is there."""
    asks = ' data-token-url="/chat-token"' if names_people else ""
    return (
        "<script>window.privity=window.privity||function(){(privity.q=privity.q||[]).push(arguments)};"
        f"privity('boot',{{workspace:'{workspace}'}})</script>\n"
        f'<script async src="{chat}/loader.js"{asks}></script>'
    )


async def _found(house: House, plan: actions.Plan, token_hash: bytes) -> actions.Founded:
    """The link is used in the transaction that founds: of two who hold it, one gets a workspace."""
    now = house.clock()
    async with house.pools.operator.within(plan.id) as db:
        if not await store.use_link(db, token_hash, now):
            raise _link_is_over()
        founded = await actions.lay(db, house, plan, now)
    await actions.record(house, founded)
    return founded


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _link_is_over() -> Problem:
    """One answer for a link that was used, is too old, or never was."""
    return Problem(
        403,
        "setup_link_over",
        "This set-up link is not good any more. If nothing is set up yet, start the server again for a new one.",
    )
