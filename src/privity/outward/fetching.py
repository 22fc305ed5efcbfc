"""One fetch: the name is looked up once, every address of it is judged, and one of these very addresses is asked.

Nothing is followed, nothing is taken from the environment, no connection is used twice.
"""

import asyncio
import json
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import certifi
import httpx

from privity.outward.fault import FetchError
from privity.outward.networks import IpAddress, is_local, is_public, written
from privity.outward.target import Target
from privity.web.limits import FETCH_BYTES, FETCH_SECONDS

HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Privity"}
JSON_TYPES = ("application/json", "application/jwk-set+json")
ADDRESSES_TRIED = 3

Resolve = Callable[[str, int], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: bounded, not followed, not unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """What the answer says, where it says that it is JSON, and is."""
        media_type = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in JSON_TYPES:
            raise FetchError("not_json")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise FetchError("not_json") from None


async def resolved(host: str, port: int) -> list[str]:
    """Every address of a name, as the machine's resolver knows it."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def trusted() -> ssl.SSLContext:
    """The authorities that the machine trusts (SSL_CERT_FILE adds to them), and those that browsers do."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Outward:
    """`allowed_local` are hosts with their ports that may be of the own network: the installation's setting, and never
    a workspace's."""

    def __init__(
        self,
        allowed_local: frozenset[str] = frozenset(),
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = resolved,
        seconds: float = FETCH_SECONDS,
    ) -> None:
        self._allowed_local = allowed_local
        self._trust = trust
        self._resolve = resolve
        self._seconds = seconds
        self._together: dict[str, asyncio.Task[None]] = {}

    def check(self, url: str) -> None:
        """Raises where this could never be fetched, however its name is resolved."""
        Target.parse(url, self._allowed_local)

    async def get(self, url: str) -> Fetched:
        """A good answer, or FetchError."""
        fetched = await self._fetch("GET", url)
        if fetched.status != httpx.codes.OK:
            raise FetchError("status")
        return fetched

    async def post(self, url: str, form: str, headers: Mapping[str, str]) -> Fetched:
        """What was answered to a form, an error included."""
        as_form = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._fetch("POST", url, form.encode(), {**headers, **as_form})

    async def together(self, name: str, act: Callable[[], Awaitable[None]]) -> None:
        """Of several who need the same thing in the same moment, one does it, and the others wait for that one."""
        task = self._together.get(name)
        if task is None:
            task = self._together[name] = asyncio.ensure_future(_done(act))
            task.add_done_callback(lambda _: self._together.pop(name, None))
        # One who gives up waiting takes nothing from the others.
        await asyncio.shield(task)

    async def _fetch(
        self, method: str, url: str, content: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        target = Target.parse(url, self._allowed_local)
        try:
            async with asyncio.timeout(self._seconds):
                addresses = await self._judged(target)
                return await self._first_answer(method, target, addresses, content, headers or {})
        except TimeoutError:
            raise FetchError("too_slow") from None

    async def _trusted(self) -> ssl.SSLContext:
        # Reading all those certificates takes a while, so it is done for the first fetch and not at each start.
        if self._trust is None:
            self._trust = await asyncio.to_thread(trusted)
        return self._trust

    async def _judged(self, target: Target) -> list[IpAddress]:
        """The target's addresses, if all of them may be reached: a name with a private one among them is a trap."""
        try:
            found = [written(address) for address in await self._resolve(target.host, target.port)]
        except OSError:
            raise FetchError("unresolved") from None
        addresses = [address for address in found if address is not None]
        if not addresses:
            raise FetchError("unresolved")
        may_be_reached = all(
            is_public(address) or (target.is_allowed_local and is_local(address)) for address in addresses
        )
        if not may_be_reached or len(addresses) < len(found):
            raise FetchError("forbidden")
        return addresses[:ADDRESSES_TRIED]

    async def _first_answer(
        self,
        method: str,
        target: Target,
        addresses: list[IpAddress],
        content: bytes | None,
        headers: Mapping[str, str],
    ) -> Fetched:
        """Of the first address that can be connected to."""
        for address in addresses:
            try:
                return await self._ask(method, target, address, content, headers)
            except httpx.ConnectError as failure:
                if _is_of_the_certificate(failure):
                    raise FetchError("certificate") from None
            except httpx.HTTPError:
                raise FetchError("unreachable") from None
        raise FetchError("unreachable")

    async def _ask(
        self,
        method: str,
        target: Target,
        address: IpAddress,
        content: bytes | None,
        headers: Mapping[str, str],
    ) -> Fetched:
        """Connected to this address, and to the name's certificate."""
        asked = httpx.URL(target.url)
        async with httpx.AsyncClient(
            verify=await self._trusted(), trust_env=False, follow_redirects=False, timeout=self._seconds
        ) as client:
            request = client.build_request(
                method,
                asked.copy_with(host=str(address)),
                headers={**HEADERS, **headers, "Host": asked.netloc.decode("ascii")},
                content=content,
                extensions={"sni_hostname": target.host},
            )
            answer = await client.send(request, stream=True)
            try:
                return await _bounded(answer)
            finally:
                await answer.aclose()


async def _bounded(answer: httpx.Response) -> Fetched:
    if answer.is_redirect:
        raise FetchError("redirect")
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise FetchError("encoded")
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > FETCH_BYTES:
            raise FetchError("too_large")
    return Fetched(answer.status_code, answer.headers, bytes(body))


def _is_of_the_certificate(failure: BaseException) -> bool:
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


async def _done(act: Callable[[], Awaitable[None]]) -> None:
    await act()
