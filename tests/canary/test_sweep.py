"""The sweep finds what came to the wrong ear, in whatever form, and nothing else."""

import json
import quopri
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from html import escape
from io import StringIO
from urllib.parse import quote, quote_plus
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from privity.db.pool import SERVER_SETTINGS, Connection
from privity.mail.letter import Letter
from tests.canary.listening import Ears, Exchange
from tests.canary.plugin import swept
from tests.canary.private import private_things
from tests.canary.sweep import A_SITES_PAGE, leaks, sweep
from tests.cast import ADA, MALLORY
from tests.database import Database, Server
from tests.db.worlds import add_identity, add_workspace
from tests.doors import Acme, Script

HERS = "my parcel <no. 4711> goes to Zürich & back"

Dress = Callable[[bytes], bytes]
DRESSES: dict[str, Dress] = {
    "plain": lambda word: word,
    "in capitals": lambda word: word.decode().upper().encode(),
    "in base64": lambda word: b64encode(b"..." + word + b"..."),
    "in base64, one byte on": lambda word: b64encode(b"." + word + b"."),
    "in base64, two bytes on": lambda word: urlsafe_b64encode(b".." + word + b"....."),
    "in base64, in lines of a mail": lambda word: b64encode(word)[:20] + b"\r\n" + b64encode(word)[20:],
    "in hex": lambda word: word.hex().upper().encode(),
    "in an address": lambda word: quote(word).encode(),
    "in a form": lambda word: quote_plus(word).encode(),
    "in a page": lambda word: escape(word.decode()).encode(),
    "in a page, by numbers": lambda word: "".join(f"&#{ord(each)};" for each in word.decode()).encode(),
    "in JSON": lambda word: json.dumps(word.decode()).encode(),
    "quoted-printable": lambda word: quopri.encodestring(b"some words before it make the line long, " + word),
}


@pytest.fixture
async def hers(door: Callable[[], httpx.AsyncClient], acme: Acme) -> UUID:
    """The conversation in which Ada wrote."""
    ada = Script(door(), acme)
    await ada.open(ADA)
    return UUID((await ada.start(HERS)).json()["id"])


def planted(content: bytes, said: bytes = b"") -> Ears:
    return Ears([Exchange("http /somewhere", said, content)])


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
async def test_a_leak_is_found_in_every_dress(hers: UUID, owner_db: Connection, dress: Dress) -> None:
    private = await private_things(owner_db, [])
    assert HERS in private.words, "needs something of hers to look for"
    found = list(leaks(private, planted(b"before it " + dress(HERS.encode()) + b" behind it")))
    assert any(repr(HERS) in sentence for sentence in found)


async def test_an_id_is_found_without_its_dashes_and_as_bytes(hers: UUID, owner_db: Connection) -> None:
    private = await private_things(owner_db, [])
    for form in (str(hers).encode(), hers.hex.encode(), hers.bytes, b64encode(b"." + hers.bytes + b".")):
        assert any(str(hers) in sentence for sentence in leaks(private, planted(form)))


async def test_what_somebody_said_themselves_is_no_news_to_them(hers: UUID, owner_db: Connection) -> None:
    private = await private_things(owner_db, [])
    assert list(leaks(private, planted(HERS.encode(), said=json.dumps({"body": HERS}).encode()))) == []
    assert list(leaks(private, planted(b"nothing of hers, " + str(uuid4()).encode()))) == []


async def test_a_mailbox_is_an_ear_and_adas_own_is_hers(hers: UUID, owner_db: Connection) -> None:
    private = await private_things(owner_db, [])
    to_mallory, to_ada = (Letter(person.email, "News", f"She wrote: {HERS}") for person in (MALLORY, ADA))
    assert [
        each.partition(" received")[0] for each in leaks(private, Ears(letters=[to_mallory, to_ada]))
    ] == [f"the mailbox {MALLORY.email}"]


async def test_the_page_around_the_panel_may_know_who_she_is_and_not_what_she_said(
    hers: UUID, owner_db: Connection
) -> None:
    private = await private_things(owner_db, [])
    for word, may_be_there in ((ADA.email, True), (ADA.name, True), (HERS, False), (str(hers), False)):
        page = Ears([Exchange("the page /", heard=word.encode(), by=A_SITES_PAGE)])
        assert (list(leaks(private, page)) == []) is may_be_there


async def test_a_whole_test_is_swept_and_ada_and_her_team_may_hear(hers: UUID, database: Database) -> None:
    assert database.ears.exchanges, "the doors have ears"
    assert any(str(hers).encode() in exchange.heard for exchange in database.ears.exchanges), (
        "Ada heard of her own"
    )
    assert await sweep(database) == []


async def test_a_test_in_which_something_leaked_fails_wherever_it_stands(
    server: Server, log_book: StringIO
) -> None:
    async def anywhere() -> None:
        async with swept(server, log_book) as database:
            await ada_is_known(database)
            database.ears.exchanges.append(Exchange("http /", heard=ADA.name.encode()))

    with pytest.raises(AssertionError, match="somebody who showed nothing received 'Ada Lovelace' by http /"):
        await anywhere()


async def test_a_test_that_takes_a_defence_out_is_left_alone(server: Server, log_book: StringIO) -> None:
    async with swept(server, log_book, may_leak=True) as database:
        await ada_is_known(database)
        database.ears.exchanges.append(Exchange("http /", heard=ADA.name.encode()))
        assert await sweep(database), "needs a leak to be left alone"


async def ada_is_known(database: Database) -> None:
    db = await asyncpg.connect(**database.address("owner"), server_settings=SERVER_SETTINGS)
    await add_identity(db, await add_workspace(db), ADA)
    await db.close()
