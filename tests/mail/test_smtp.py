"""Letters reach a real mail server as they should: nothing answers them, and no failure is silent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import Message as Mail

import pytest
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, AuthResult
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.mail.letter import Letter
from privity.mail.smtp import AddressError, Server, SmtpPost, UnreachableError, message_of
from privity.web.input import clean_email
from privity.web.problems import Problem
from tests.unhurried import PATIENCE

pytestmark = pytest.mark.anyio

LETTER = Letter("ada@example.com", "Your code for the chat of Acme", "123456\n\nType it into the chat.\n")


class Mailbox(Message):
    """What a mail server received, with the envelope's own words for who sent it and to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: asyncio.Queue[Mail] = asyncio.Queue()
        self.url = ""

    def handle_message(self, message: Mail) -> None:
        self.mails.put_nowait(message)


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    handler = Mailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, loop=loop), "127.0.0.1", 0)
    handler.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}?from=chat@acme.example"
    yield handler
    server.close()


async def test_a_letter_arrives_with_an_empty_return_path_and_in_no_thread(mailbox: Mailbox) -> None:
    async with SmtpPost.open(mailbox.url) as post:
        post.send(LETTER)
        mail = await asyncio.wait_for(mailbox.mails.get(), PATIENCE)
    assert mail["X-MailFrom"] == "<>"
    assert mail["X-RcptTo"] == LETTER.to
    assert (mail["From"], mail["To"]) == ("chat@acme.example", LETTER.to)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["References"] is None
    assert mail["In-Reply-To"] is None
    assert "123456" not in mail["Subject"]
    assert "123456" in str(mail.get_payload())


async def test_a_server_that_is_not_there_is_noticed_and_keeps_nobody_waiting() -> None:
    async with SmtpPost.open("smtp://127.0.0.1:9?from=chat@acme.example") as post:
        post.send(LETTER)
        await asyncio.wait_for(post.idle(), PATIENCE)
    assert post.last_failure == "SMTPConnectError"


async def test_a_letter_that_can_not_be_written_keeps_no_other_back(mailbox: Mailbox) -> None:
    async with SmtpPost.open(mailbox.url) as post:
        post.send(replace(LETTER, to="=?utf-8?q?=0a?=@mallory.example"))
        post.send(LETTER)
        mail = await asyncio.wait_for(mailbox.mails.get(), PATIENCE)
    assert mail["X-RcptTo"] == LETTER.to


@pytest.mark.parametrize(
    "address", ["=?utf-8?q?=0a?=@mallory.example", "=?utf-8?q?ada=40example.com=2c?=@x.example"]
)
def test_an_address_that_a_header_would_read_as_another_is_none(address: str) -> None:
    with pytest.raises(Problem, match="not an e-mail address"):
        clean_email(address)


@settings(max_examples=200, deadline=None)
@given(
    st.from_regex(
        r"\A[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z"
    )
)
def test_a_letter_goes_to_the_very_address_that_was_typed(typed: str) -> None:
    try:
        address = clean_email(typed)
    except Problem:
        return
    written = message_of(replace(LETTER, to=address), "chat@acme.example").as_bytes()
    read = message_from_bytes(written, policy=policy.default)
    assert [one.addr_spec for one in read["To"].addresses] == [address]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost",
        "http://mail.example?from=a@b.example",
        "smtp://mail.example",
        "smtp://?from=a@b.example",
    ],
)
def test_an_address_of_a_mail_server_that_cannot_be_meant_is_refused(url: str) -> None:
    with pytest.raises(AddressError, match="PRIVITY_SMTP_URL"):
        Server.parse(url)


def test_a_password_may_hold_any_character() -> None:
    server = Server.parse("smtps://acme%40mail:p%2Fa%3Ass@mail.example?from=chat@acme.example")
    assert (server.name, server.password, server.port, server.tls) == ("acme@mail", "p/a:ss", 465, True)


async def test_a_mail_server_that_is_there_is_greeted_without_a_letter(mailbox: Mailbox) -> None:
    await Server.parse(mailbox.url).greet()
    assert mailbox.mails.empty()


async def test_a_greeting_in_vain_says_where_and_why_and_no_password() -> None:
    server = Server.parse("smtp://acme:hush@127.0.0.1:9?from=chat@acme.example")
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:9 .*SMTPConnectError") as failure:
        await server.greet()
    assert "hush" not in str(failure.value)


async def test_a_wrong_password_is_told_apart_from_a_server_that_is_not_there() -> None:
    loop = asyncio.get_running_loop()
    suspicious = await loop.create_server(
        lambda: SMTP(
            Mailbox(),
            loop=loop,
            authenticator=lambda *_: AuthResult(success=False, handled=False),
            auth_require_tls=False,
        ),
        "127.0.0.1",
        0,
    )
    port = suspicious.sockets[0].getsockname()[1]
    server = Server.parse(f"smtp://acme:hush@127.0.0.1:{port}?from=chat@acme.example")
    with pytest.raises(UnreachableError, match=r"does not know this name and password \(it answered 535\)"):
        await server.greet()
    suspicious.close()
