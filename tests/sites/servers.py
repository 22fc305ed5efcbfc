"""The example sites as a developer starts them: a process of its own, on a port of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

import httpx

from privity.cli.serving import listen, port_of

EXAMPLES = Path(__file__).parents[2] / "sdk" / "python" / "examples"
PATIENCE_IN_SECONDS = 60


@dataclass(frozen=True)
class Example:
    """A site in one file; `start` are the words after `python` that start it on `PORT`."""

    framework: str
    file: str
    start: tuple[str, ...]

    @property
    def path(self) -> Path:
        return EXAMPLES / self.file


DJANGO = Example("Django", "django_site.py", ("django_site.py", "runserver", "--noreload", "127.0.0.1:PORT"))
FLASK = Example("Flask", "flask_site.py", ("-m", "flask", "--app", "flask_site", "run", "--port", "PORT"))
FASTAPI = Example("FastAPI", "fastapi_site.py", ("-m", "uvicorn", "fastapi_site:app", "--port", "PORT"))
EVERY_EXAMPLE = (DJANGO, FLASK, FASTAPI)


@asynccontextmanager
async def open_site(example: Example, settings: Mapping[str, str], folder: Path) -> AsyncIterator[str]:
    """The site's address, for as long as it runs. It keeps what it must in this folder."""
    port = str(free_port())
    surroundings = {
        **os.environ,
        **settings,
        "SHOP_SECRET_KEY": token_urlsafe(),
        "SHOP_DATABASE": str(folder / "shop.sqlite3"),
    }
    words = (word.replace("PORT", port) for word in example.start)
    log = folder / "site.log"
    with log.open("wb") as said:
        site = await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=EXAMPLES, env=surroundings, stdout=said, stderr=said
        )
    try:
        address = f"http://localhost:{port}"
        await until_it_answers(address, site, log)
        yield address
    finally:
        site.terminate()
        await site.wait()


def free_port() -> int:
    with listen("127.0.0.1", 0) as listener:
        return port_of(listener)


async def until_it_answers(address: str, site: asyncio.subprocess.Process, log: Path) -> None:
    """Return when the site answers; raise with its own words when it ends or takes too long."""
    async with asyncio.timeout(PATIENCE_IN_SECONDS), httpx.AsyncClient(base_url=address) as client:
        while not await answers(client):
            assert site.returncode is None, last_words(log)
            await asyncio.sleep(0.05)


async def answers(client: httpx.AsyncClient) -> bool:
    try:
        answer = await client.get("/")
    except httpx.TransportError:
        return False
    return answer.is_success


def last_words(log: Path) -> str:
    return log.read_text()
