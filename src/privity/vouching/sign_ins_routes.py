"""Where people may sign in to the chat, over HTTP, for the workspace's owner."""

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from privity.house import House
from privity.people.door import owner
from privity.people.model import Member
from privity.vouching import sign_ins
from privity.web import wire
from privity.web.input import path_id

SIGN_INS = "/api/v1/sign-ins"


@get(SIGN_INS, guards=[owner], summary="The providers at which people may sign in, never their secrets")
async def list_sign_ins(
    member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.SignInProviderList:
    return wire.SignInProviderList(
        redirect_uri=sign_ins.redirect_uri(house),
        items=[
            wire.SignInProvider(
                id=line.id,
                name=line.name,
                issuer=line.issuer,
                client_id=line.client_id,
                added_at=line.added_at,
                last_used_at=line.last_used_at,
                fault=line.fault,
            )
            for line in await sign_ins.lines(house, member.workspace)
        ],
    )


@post(SIGN_INS, guards=[owner], summary="Let people sign in at a provider; it is asked at once who it is")
async def add_sign_in(
    member: NamedDependency[Member], house: NamedDependency[House], data: JSONBody[wire.AddSignInProvider]
) -> wire.AddedSignInProvider:
    provider = await sign_ins.add(
        house,
        member.workspace,
        data.name,
        data.issuer,
        data.client_id,
        data.client_secret or None,
        member.by,
    )
    return wire.AddedSignInProvider(id=provider)


@delete(
    f"{SIGN_INS}/{{provider_id:str}}",
    guards=[owner],
    status_code=200,
    summary="Let nobody sign in there; who did is out",
)
async def remove_sign_in(
    provider_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.RevokedSigningKey:
    ended = await sign_ins.remove(house, member.workspace, path_id(provider_id), member.by)
    return wire.RevokedSigningKey(sessions_ended=ended)


handlers = [list_sign_ins, add_sign_in, remove_sign_in]
