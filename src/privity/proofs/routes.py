"""The contact's session over HTTP: open, ask, say, prove, end; and the offer."""

from typing import Any

from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody

from privity.house import House
from privity.proofs import actions, adoption, sign_in, tickets
from privity.proofs.carriers import (
    Carried,
    Knock,
    carried,
    clear_cookie,
    clear_ticket,
    set_cookie,
    ticket_brought,
)
from privity.proofs.claims import say
from privity.proofs.door import living_or_leaving, living_or_risen, living_session
from privity.proofs.ending import end, end_everywhere
from privity.proofs.model import Caller
from privity.proofs.opening import Opened
from privity.proofs.state import state_of
from privity.web import wire
from privity.web.clients import client_of, network_of
from privity.web.cookies import SetCookie
from privity.web.input import path_id, require_json
from privity.web.written_api import again

SESSION = "/widget/v1/session"


async def json_alone(connection: Any, _: Any) -> None:
    require_json(connection.headers)


@post(
    "/widget/v1/sessions",
    guards=[json_alone],
    responses=again(wire.SessionState),
    summary="Open a session, or go on with a living one",
)
async def open_session(
    request: Request[Any, Any, Any], house: NamedDependency[House], data: JSONBody[wire.OpenSession]
) -> Response[wire.SessionState]:
    knock = _knock(request, house)
    opened = await actions.open_session(house, knock, data)
    return _answer(house, opened, knock.carried, keeps_it_itself=data.carrier == "storage")


@get(SESSION, guards=[living_session], summary="What a session may know of itself")
async def read_session(caller: NamedDependency[Caller], house: NamedDependency[House]) -> wire.SessionState:
    return state_of(house, caller)


@patch(SESSION, guards=[living_session], summary="A claim is noted; nothing else changes")
async def change_claims(
    caller: NamedDependency[Caller], house: NamedDependency[House], data: JSONBody[wire.ChangeClaims]
) -> wire.SessionState:
    return state_of(house, await say(house, caller, data.claims))


@delete(SESSION, guards=[living_or_leaving], status_code=204, summary="End the session and spend its token")
async def end_session(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Caller],
    house: NamedDependency[House],
    left: FromQuery[bool] = False,
) -> Response[None]:
    """`left`: the page named nobody any more, and had not called `shutdown`. It changes nothing but a count."""
    await end(house, caller)
    await tickets.void(house, caller.viewer.workspace, ticket_brought(request.headers, house.settings.origin))
    if left and caller.kind == "page":
        house.tally.seen(caller.viewer.workspace, "left")
    return _gone(request)


@post(
    f"{SESSION}/sign-out-everywhere",
    guards=[living_session],
    status_code=204,
    summary="End every session of this identity, and spend its proofs",
)
async def sign_out_everywhere(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], house: NamedDependency[House]
) -> Response[None]:
    viewer = caller.viewer
    await end(house, caller)
    await tickets.void(house, viewer.workspace, ticket_brought(request.headers, house.settings.origin))
    if viewer.identity is not None:
        await end_everywhere(house, viewer.workspace, viewer.identity, "contact", viewer.identity)
    return _gone(request)


@post(
    f"{SESSION}/shared-computer",
    guards=[living_session],
    status_code=204,
    summary="Others use this computer: what was written here is asked of nobody later",
)
async def say_shared_computer(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller], house: NamedDependency[House]
) -> Response[None]:
    await tickets.renounce(house, caller, ticket_brought(request.headers, house.settings.origin))
    cookies = [SetCookie(clear_ticket())] if request.headers.get("origin") else []
    return Response(None, status_code=204, cookies=cookies)


@post(
    f"{SESSION}/sign-in-starts",
    guards=[living_session],
    status_code=200,
    summary="Begin to sign in at a provider: where to go",
)
async def start_sign_in(
    caller: NamedDependency[Caller], house: NamedDependency[House], data: JSONBody[wire.StartSignIn]
) -> wire.SignInStart:
    return await sign_in.start(house, caller, data)


@post(
    f"{SESSION}/proofs",
    guards=[living_or_risen],
    responses={
        **again(wire.SessionState),
        202: ResponseSpec(wire.CodeSent, description="A code is on its way", generate_examples=False),
    },
    summary="Prove: renew, or rise from a lead",
)
async def offer_proof(
    request: Request[Any, Any, Any], house: NamedDependency[House], data: JSONBody[wire.OfferProof]
) -> Response[wire.SessionState] | Response[wire.CodeSent] | Response[wire.LinkQuestion]:
    knock = _knock(request, house)
    opened = await actions.prove(house, knock, request.state.known, data)
    if isinstance(opened, wire.CodeSent):
        return Response(opened, status_code=202)
    if isinstance(opened, wire.LinkQuestion):
        return Response(opened, status_code=200)
    return _answer(house, opened, knock.carried, keeps_it_itself=knock.carried.by == "bearer")


@get("/widget/v1/adoptable", guards=[living_session], summary="What is on offer to this identity, unread")
async def read_offer(caller: NamedDependency[Caller], house: NamedDependency[House]) -> wire.Offer:
    return await adoption.offer_to(house, caller)


@post(
    "/widget/v1/adoptions",
    guards=[living_session],
    status_code=200,
    summary="Take what is on offer, or leave it",
)
async def adopt(
    caller: NamedDependency[Caller], house: NamedDependency[House], data: JSONBody[wire.Adopt]
) -> wire.Adoptions:
    return await adoption.adopt(house, caller, data.conversation_ids)


@delete("/widget/v1/adoptions/{adoption_id:str}", guards=[living_session], status_code=204, summary="Undo")
async def undo_adoption(
    adoption_id: FromPath[str], caller: NamedDependency[Caller], house: NamedDependency[House]
) -> None:
    await adoption.undo(house, caller, path_id(adoption_id))


handlers = [
    open_session,
    read_session,
    change_claims,
    end_session,
    sign_out_everywhere,
    say_shared_computer,
    start_sign_in,
    offer_proof,
    read_offer,
    adopt,
    undo_adoption,
]


def _gone(request: Request[Any, Any, Any]) -> Response[None]:
    """A browser forgets its cookies, too."""
    cookies = [SetCookie(clear_cookie()), SetCookie(clear_ticket())] if request.headers.get("origin") else []
    return Response(None, status_code=204, cookies=cookies)


def _knock(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Knock:
    return Knock(
        carried(request.headers, house.settings.origin),
        network_of(request),
        client_of(request.headers.get("user-agent", "")),
        ticket_brought(request.headers, house.settings.origin),
    )


def _answer(
    house: NamedDependency[House], opened: Opened, brought: Carried, keeps_it_itself: bool
) -> Response[wire.SessionState]:
    """A page session's secret goes in the body, into one page's memory. A browser session's goes into the cookie,
    unless there is no browser, or the browser keeps no cookie of ours."""
    if opened.credential is None:
        return Response(state_of(house, opened.caller), status_code=200)
    in_body = opened.caller.kind == "page" or not brought.by_browser or keeps_it_itself
    secret = opened.credential.word() if in_body else None
    headers = {} if in_body else {"Set-Cookie": set_cookie(opened.credential)}
    return Response(state_of(house, opened.caller, secret), status_code=201, headers=headers)
