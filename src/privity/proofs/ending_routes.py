"""How the site's server, or a teammate, ends sessions, retires an id, and blocks."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from privity.house import House
from privity.people.door import signed_in
from privity.people.model import Member, Scope
from privity.proofs import blocking, subjects
from privity.proofs.ending import end_everywhere, end_one
from privity.proofs.retiring import retire
from privity.web.input import path_id
from privity.web.segments import opened

USER = "/api/v1/users/{external_id:str}"
IDENTITY = "/api/v1/identities/{identity_id:str}"
A_SESSION = "/api/v1/sessions/{session_id:str}"
WRITE: list[Scope] = ["contacts:write"]


@post(
    f"{USER}/sign-out",
    guards=[signed_in],
    scopes=WRITE,
    status_code=204,
    summary="End every session of a user of the site, and spend their proofs",
)
async def sign_user_out(
    external_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    for identity in await subjects.user(house, member, opened(external_id)):
        await end_everywhere(house, member.workspace, identity, member.kind, member.id)


@post(
    f"{USER}/retire",
    guards=[signed_in],
    scopes=WRITE,
    status_code=204,
    summary="This id is nobody's any more: its next proof is of somebody new",
)
async def retire_user(
    external_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    for identity in await subjects.user(house, member, opened(external_id)):
        await retire(house, member, identity)


@post(
    f"{IDENTITY}/sign-out",
    guards=[signed_in],
    scopes=WRITE,
    status_code=204,
    summary="End every session of an identity, and spend its proofs",
)
async def sign_identity_out(
    identity_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    identity = await subjects.identity(house, member, path_id(identity_id))
    await end_everywhere(house, member.workspace, identity, member.kind, member.id)


@post(
    f"{IDENTITY}/retire",
    guards=[signed_in],
    scopes=WRITE,
    status_code=204,
    summary="Nobody proves this identity any more",
)
async def retire_identity(
    identity_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    await retire(house, member, await subjects.identity(house, member, path_id(identity_id)))


@post(
    f"{IDENTITY}/block",
    guards=[signed_in],
    scopes=WRITE,
    status_code=204,
    summary="Keep apart what an identity writes; it notices nothing",
)
async def block_identity(
    identity_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    await blocking.block_identity(house, member, path_id(identity_id))


@post(f"{IDENTITY}/unblock", guards=[signed_in], scopes=WRITE, status_code=204, summary="Hear it again")
async def unblock_identity(
    identity_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    await blocking.unblock_identity(house, member, path_id(identity_id))


@post(f"{A_SESSION}/end", guards=[signed_in], scopes=WRITE, status_code=204, summary="End one session")
async def end_one_session(
    session_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    session = await subjects.session(house, member, path_id(session_id))
    await end_one(house, member.workspace, session, "teammate", member.kind, member.id)


@post(
    f"{A_SESSION}/block",
    guards=[signed_in],
    scopes=WRITE,
    status_code=204,
    summary="Keep apart what a session that proved nothing writes; it notices nothing",
)
async def block_session(
    session_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    await blocking.block_session(house, member, path_id(session_id))


@post(f"{A_SESSION}/unblock", guards=[signed_in], scopes=WRITE, status_code=204, summary="Hear it again")
async def unblock_session(
    session_id: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> None:
    await blocking.unblock_session(house, member, path_id(session_id))


handlers = [
    sign_user_out,
    retire_user,
    sign_identity_out,
    retire_identity,
    block_identity,
    unblock_identity,
    end_one_session,
    block_session,
    unblock_session,
]
