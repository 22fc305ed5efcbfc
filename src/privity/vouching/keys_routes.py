"""Signing keys over HTTP, for the workspace's owner: listed, added, stopped, revoked."""

from datetime import datetime

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from privity.house import House
from privity.people.door import owner
from privity.people.model import Member
from privity.vouching import key_address, keys, store
from privity.web import wire
from privity.web.segments import opened

KEYS = "/api/v1/keys"
ADDRESS = "/api/v1/key-address"


@get(KEYS, guards=[owner], summary="The keys that sign identities, never their secrets")
async def list_keys(member: NamedDependency[Member], house: NamedDependency[House]) -> wire.SigningKeyList:
    lines = await store.keys(house, member.workspace)
    address = await store.key_address(house, member.workspace)
    return wire.SigningKeyList(
        address=_shown(address) if address is not None else None,
        items=[
            wire.SigningKeyLine(
                kid=line.kid,
                name=line.name,
                alg=line.alg,
                issuer=line.issuer,
                created_at=line.created_at,
                last_used_at=line.last_used_at,
                stops_at=line.stops_at,
                revoked_at=line.revoked_at,
                listed=line.listed,
                accepted=line.accepted,
                refused=line.refused,
            )
            for line in lines
        ],
    )


@post(KEYS, guards=[owner], summary="A new key; a shared secret is shown in this answer alone")
async def add_key(
    member: NamedDependency[Member], house: NamedDependency[House], data: JSONBody[wire.AddSigningKey]
) -> wire.NewSigningKey:
    key = _asked_for(data, house.clock()).called(data.name or None, data.issuer or None)
    await keys.add(house, member.workspace, key, member.by)
    return wire.NewSigningKey(kid=key.kid, alg=key.alg, secret=key.secret or "")


@post(
    f"{KEYS}/{{kid:str}}/stop",
    guards=[owner],
    status_code=200,
    summary="A key proves nobody from an instant on",
)
async def stop_key(
    kid: FromPath[str],
    member: NamedDependency[Member],
    house: NamedDependency[House],
    data: JSONBody[wire.StopSigningKey],
) -> wire.StoppingSigningKey:
    bounded = await keys.stop(house, member.workspace, opened(kid), data.at, member.by)
    return wire.StoppingSigningKey(stops_at=data.at, sessions_bounded=bounded)


@delete(
    f"{KEYS}/{{kid:str}}", guards=[owner], status_code=200, summary="Revoke a key; what rests on it is over"
)
async def revoke_key(
    kid: FromPath[str], member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.RevokedSigningKey:
    ended = await keys.revoke(house, member.workspace, opened(kid), member.by)
    return wire.RevokedSigningKey(sessions_ended=ended)


@post(ADDRESS, guards=[owner], status_code=204, summary="Trust the public keys that the site publishes there")
async def name_key_address(
    member: NamedDependency[Member], house: NamedDependency[House], data: JSONBody[wire.NameKeyAddress]
) -> None:
    await key_address.name(house, member.workspace, data.url, data.rsa_alg, data.issuer or None, member.by)


@delete(
    ADDRESS, guards=[owner], status_code=200, summary="Forget the address; what rests on its keys is over"
)
async def forget_key_address(
    member: NamedDependency[Member], house: NamedDependency[House]
) -> wire.RevokedSigningKey:
    return wire.RevokedSigningKey(sessions_ended=await key_address.forget(house, member.workspace, member.by))


def _shown(address: store.KeyAddress) -> wire.KeyAddress:
    return wire.KeyAddress(
        url=address.url,
        rsa_alg=address.rsa_alg,
        issuer=address.issuer,
        looked_at=address.looked_at,
        good_until=address.good_until,
        fault=address.fault,
        left_out=[wire.LeftOutKey(kid=left.kid, why=left.why) for left in address.left_out],
    )


def _asked_for(asked: wire.AddSigningKey, now: datetime) -> keys.NewKey:
    if asked.public_key is UNSET and asked.alg is UNSET:
        return keys.new_secret(now)
    if asked.public_key is UNSET:
        raise keys.KeyRefusedError("`alg` chooses for a public key. A secret that is made here signs HS256.")
    return keys.given(asked.public_key.encode(), now, asked.alg or None)


handlers = [list_keys, add_key, name_key_address, forget_key_address, stop_key, revoke_key]
