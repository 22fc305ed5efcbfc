"""The log of a process that serves: one line of JSON an event, and no words that were not meant for it."""

import json
import os
import subprocess
import sys
from uuid import uuid4

import pytest

from privity.chance import Chance
from privity.web.credential import Credential
from privity_client import SigningKey, sign_identity
from tests.cast import ADA
from tests.unsaid import secrets_in

FAILING = """
import logging
from privity.cli import logs

logs.configure()
try:
    raise ValueError("the words that Ada wrote")
except ValueError:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
logging.getLogger("uvicorn.error").info("Started server process")
"""


@pytest.mark.attack("A-192")
@pytest.mark.attack("A-43", "A-263")
def test_a_failure_is_logged_by_its_kind_and_place_and_not_by_its_words() -> None:
    said = subprocess.run([sys.executable, "-c", FAILING], capture_output=True, text=True, check=True).stderr

    assert said.count("\n") == 1, "what merely happens is not logged"
    line = json.loads(said)
    assert line["event"] == "Exception in ASGI application"
    assert (line["error"], line["where"]) == ("ValueError", ["<string>:7"])
    assert "Ada" not in said


A_LIBRARY = """
import asyncio, logging, os
import structlog
from privity.cli import logs
from privity.secret import SecretText
from privity.settings import Settings
from privity.web.credential import Credential
from privity.web import wire
from uuid import UUID

word, token = os.environ["WORD"], os.environ["TOKEN"]
logs.configure()
credential = Credential.parse(word)
asked = wire.OpenSession(workspace=str(UUID(int=1)), identity_token=token)
settings = Settings.of({"DATABASE_URL": "postgresql://privity:a password that opens it@host/db"})
library, ours = logging.getLogger("some.library"), structlog.get_logger()
library.warning("%s %s %s", credential, asked, settings)
library.warning("GET %s", f"/widget?token={token}")
library.error("It failed\\nwith %s" % token)
ours.warning("seen", credential=credential, asked=asked, settings=settings, secret=SecretText(word), all=[asked])
ours.warning(f"{settings.database_url} {credential} {asked}")

async def forgotten():
    raise ValueError(token)

async def main():
    task = asyncio.create_task(forgotten())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task

asyncio.run(main())
import gc
gc.collect()
"""

PRINTED = "import os; print(os.environ['WORD'], os.environ['TOKEN'], sep='\\n')"


@pytest.mark.attack("A-192", "A-263")
def test_no_secret_is_logged_in_whatever_it_is_wrapped() -> None:
    acme = uuid4()
    token = sign_identity(
        workspace=str(acme), subject=ADA.subject, key=SigningKey("k", "s" * 32), email=ADA.email
    )
    word = Credential.new(acme, uuid4(), Chance()).word()
    secrets = {**os.environ, "WORD": word, "TOKEN": token}

    said = subprocess.run(
        [sys.executable, "-c", A_LIBRARY], capture_output=True, text=True, check=True, env=secrets
    ).stderr
    events = [json.loads(line)["event"] for line in said.splitlines()]
    assert events[0] == "%s %s %s"
    assert "It failed" in events
    assert "Task exception was never retrieved" in events
    assert len(events) == 6
    assert secrets_in(said) == []

    shown = subprocess.run(
        [sys.executable, "-c", PRINTED], capture_output=True, text=True, check=True, env=secrets
    )
    assert len(secrets_in(shown.stdout)) >= 2, "both would have been found"


def test_a_line_feed_in_what_somebody_sent_begins_no_line_of_the_log() -> None:
    forging = FAILING.replace("the words that Ada wrote", "x").replace(
        '"Exception in ASGI application"', r'"a\n{\"event\": \"forged\"}"'
    )
    said = subprocess.run([sys.executable, "-c", forging], capture_output=True, text=True, check=True).stderr
    assert [json.loads(line)["event"] for line in said.splitlines()] == ["a"]
