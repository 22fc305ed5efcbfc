"""The demo's two sites, the chat and a customer's that uses it, with people to play, in one process and one folder."""

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import msgspec
from litestar import Litestar
from rich.text import Text

from demo.site import create_app as shop
from privity.app import create_app
from privity.cli.console import CommandError, marked
from privity.cli.demo.outbox import PATH as OUTBOX
from privity.cli.demo.outbox import with_outbox
from privity.cli.demo.world import Handout, ShiftableClock, lay_out
from privity.cli.serving import listen, port_of, serving
from privity.db import embedded
from privity.furnishing import open_house, postgres_folder, sealing, utc_now
from privity.house import House
from privity.mail.outbox import Outbox
from privity.settings import Settings
from privity.web.static_files import FrontEnd
from privity.workspaces import actions
from privity_client import SigningKey

HANDOUT = "demo.json"


@asynccontextmanager
async def both_sites(
    folder: Path, *, port: int, site_port: int | None, fresh: bool
) -> AsyncIterator[Handout]:
    """They answer for as long as the context lasts. What was written stays in the folder for the next start."""
    front_end = FrontEnd.load()
    with ExitStack() as closing:
        chat = closing.enter_context(listen("127.0.0.1", port))
        beside = _beside(port_of(chat), port, site_port)
        site = closing.enter_context(listen("127.0.0.1", beside, "--site-port"))
        settings = Settings(folder, f"http://127.0.0.1:{port_of(chat)}", port=port_of(chat))
        outbox = Outbox()
        async with (
            _world(settings, f"http://localhost:{port_of(site)}", outbox, fresh=fresh) as (house, handout),
            sealing(house),
            serving(with_outbox(create_app(house, front_end), outbox), chat),
            serving(_shop(handout), site),
        ):
            yield handout


@asynccontextmanager
async def _world(
    settings: Settings, site_url: str, outbox: Outbox, *, fresh: bool
) -> AsyncIterator[tuple[House, Handout]]:
    """The house with everybody in it: as an earlier start left it, else laid out anew."""
    found = _entered(settings, fresh=fresh)
    clock = ShiftableClock(utc_now)
    async with open_house(settings, clock, outbox) as house:
        handout = await _in_step(house, found or await lay_out(house, clock, site_url), site_url)
        _keep(settings.data / HANDOUT, handout)
        yield house, handout


def _shop(handout: Handout) -> Litestar:
    key = SigningKey(handout.signing_key.kid, handout.signing_key.secret)
    return shop(handout.base_url, handout.workspace, key)


def _beside(chat: int, asked: int, site_port: int | None) -> int:
    """The site's port: as asked, else the next one; any where the chat's was any."""
    if site_port is not None:
        return site_port
    return chat + 1 if asked else 0


# ── The folder ───────────────────────────────────────────────────────────────────────────────────────────────


def _entered(settings: Settings, *, fresh: bool) -> Handout | None:
    """What an earlier start left; None where this is the first, which then has an empty folder to itself."""
    folder = settings.data
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / HANDOUT).exists() and any(folder.iterdir()):
        raise CommandError(f"{folder} is not a demo's folder. Name another one with --data.")
    handout = None if fresh else _read(folder / HANDOUT)
    if handout is None:
        _start_over(settings)
    return handout


def _start_over(settings: Settings) -> None:
    """The folder is marked before anything is in it, so that a first start that is cut short is known as one."""
    handout = _read(settings.data / HANDOUT)
    _keep(settings.data / HANDOUT, None)
    try:
        embedded.discard(postgres_folder(settings))
    except embedded.EmbeddedError:
        _keep(settings.data / HANDOUT, handout)
        raise
    for path in settings.data.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != HANDOUT:
            path.unlink()


def _read(file: Path) -> Handout | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Handout | None)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _keep(file: Path, handout: Handout | None) -> None:
    """For this account's eyes alone, and whole or not at all."""
    unfinished = file.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(handout), indent=2))
    unfinished.replace(file)


# ── What the people who play are told ────────────────────────────────────────────────────────────────────────


async def _in_step(house: House, handout: Handout, site_url: str) -> Handout:
    """Ports may change from start to start; what the workspace knows of its site changes with them."""
    await actions.name_sign_in_page(house, handout.workspace_id, f"{site_url}/sign-in")
    if site_url != handout.site_url:
        await actions.disallow_site(house, handout.workspace_id, handout.site_url)
        await actions.allow_site(house, handout.workspace_id, site_url)
    return msgspec.structs.replace(handout, base_url=house.settings.base_url, site_url=site_url)


def told(handout: Handout) -> Sequence[str | Text]:
    return (
        "",
        marked("[bold green]Privity is ready.[/] Open these addresses:"),
        "",
        marked("  a shop, where you can be Ada, Bob or nobody   [bold cyan]{}[/]", handout.site_url),
        marked("  the inbox, where you answer them as Grace     [bold cyan]{}/inbox[/]", handout.base_url),
        f"      e-mail    {handout.teammate.email}",
        f"      password  {handout.teammate.password}",
        marked(
            "  the letters that it would mail, such as codes [bold cyan]{}{}[/]", handout.base_url, OUTBOX
        ),
        "",
        marked("[dim]Ctrl-C stops everything and keeps what was written.[/]"),
    )
