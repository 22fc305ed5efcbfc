"""A post that hands letters to a mail server, one after the other, behind the back of whoever sends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib
import structlog

from privity.mail.letter import Letter
from privity.refused import RefusedError

WAITING_LETTERS = 1_000
SECONDS = 20
GREETING_SECONDS = 5

log = structlog.get_logger()


class AddressError(RefusedError):
    """PRIVITY_SMTP_URL cannot be used. The message says what it should be."""


class UnreachableError(Exception):
    """A mail server was greeted in vain. The message says why, and never with which password."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, as `smtp://name:password@host:587?from=chat@example.com` names it (`smtps://` for TLS at once)."""

    host: str
    port: int
    sender: str
    name: str | None
    password: str | None = field(repr=False)
    tls: bool

    @classmethod
    def parse(cls, url: str) -> "Server":
        parts = urlsplit(url)
        senders = parse_qs(parts.query).get("from", [])
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or len(senders) != 1:
            raise AddressError(
                "PRIVITY_SMTP_URL must look like smtp://name:password@host:587?from=chat@example.com."
            )
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if parts.scheme == "smtps" else 587),
            sender=senders[0],
            name=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=parts.scheme == "smtps",
        )

    async def deliver(self, letter: Letter) -> None:
        """With an empty return path, so that nothing comes back and nothing answers by itself."""
        await aiosmtplib.send(
            message_of(letter, self.sender),
            sender="",
            recipients=[letter.to],
            hostname=self.host,
            port=self.port,
            username=self.name,
            password=self.password,
            use_tls=self.tls,
            timeout=SECONDS,
        )

    async def greet(self) -> None:
        """Connect as a delivery would, name and password included, and go."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.name,
            password=self.password,
            use_tls=self.tls,
            timeout=GREETING_SECONDS,
        )
        try:
            async with client:
                await client.ehlo()
        except aiosmtplib.SMTPAuthenticationError as refused:
            raise UnreachableError(
                f"{self.host} does not know this name and password (it answered {refused.code})."
            ) from None
        except (aiosmtplib.SMTPException, OSError) as failure:
            raise UnreachableError(
                f"{self.host}:{self.port} does not answer as a mail server should ({type(failure).__name__})."
            ) from None


class SmtpPost:
    """`last_failure` is the kind of the last error, for `doctor`: never a letter's address or text."""

    delivers = True

    def __init__(self, server: Server) -> None:
        self._server = server
        self._letters: asyncio.Queue[Letter] = asyncio.Queue(WAITING_LETTERS)
        self.last_failure: str | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> "AsyncIterator[SmtpPost]":
        post = cls(Server.parse(url))
        carrying = asyncio.create_task(post._carry())
        try:
            yield post
        finally:
            # What was taken is tried before the door closes: a delivery that is cut off may never notice.
            with suppress(TimeoutError):
                await asyncio.wait_for(post.idle(), SECONDS)
            carrying.cancel()

    def send(self, letter: Letter) -> None:
        try:
            self._letters.put_nowait(letter)
        except asyncio.QueueFull:
            self._failed("QueueFull")

    async def idle(self) -> None:
        """Returns when every letter that was taken has been tried."""
        await self._letters.join()

    async def _carry(self) -> None:
        while True:
            letter = await self._letters.get()
            try:
                await self._server.deliver(letter)
                self.last_failure = None
            except Exception as error:  # noqa: BLE001  (whatever is wrong with one letter, the next one goes out)
                self._failed(type(error).__name__)
            finally:
                self._letters.task_done()

    def _failed(self, kind: str) -> None:
        self.last_failure = kind
        log.error("a letter could not be delivered", error=kind, server=self._server.host)


def message_of(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
