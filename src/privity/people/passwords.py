"""Passwords: hashed with argon2id, never more than two at once, and as slow for an address that nobody has."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_ARGON2ID = PasswordHasher()
# Each hash takes 64 MiB: many sign-ins wait for their turn instead of for memory.
_TURNS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_TURNS, _ARGON2ID.hash, password)


async def fits(password: str, stored: str | None) -> bool:
    """Whether this is the password. Without an account the same work is done, for the same answer: no."""
    return await asyncio.get_running_loop().run_in_executor(_TURNS, _fits, password, stored)


def _fits(password: str, stored: str | None) -> bool:
    nobodys = _hash_of_nobody()
    try:
        _ARGON2ID.verify(stored or nobodys, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None


@cache
def _hash_of_nobody() -> str:
    return _ARGON2ID.hash("the password of an account that does not exist")
