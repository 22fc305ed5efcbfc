"""`privity teammate`: accounts of those who answer."""

import getpass
import sys

from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.people import actions
from privity.people.model import Role
from privity.settings import Settings

SHORTEST_PASSWORD = 12


async def add(
    settings: Settings, *, email: str, name: str, role: Role, password: str, workspace: str | None, json: bool
) -> None:
    """The account stands, and may sign in."""
    async with visited_house(settings) as house:
        chosen = await the_workspace(house, workspace)
        account = await actions.add_teammate(
            house, chosen, email=email, name=name, password=password, role=role
        )
    if json:
        give({"workspace": chosen, "teammate": account.teammate, "email": email})
    else:
        say(f"{name} can sign in with {email} at {settings.base_url}/inbox.")


async def disable(settings: Settings, *, email: str, workspace: str | None, json: bool) -> None:
    """The account opens nothing from now on, and its sessions are over."""
    async with visited_house(settings) as house:
        await actions.disable_teammate(house, await the_workspace(house, workspace), email)
    if json:
        give({"email": email, "disabled": True})
    else:
        say(f"{email} opens nothing from now on. What they wrote stays.")


def password_for(email: str, *, from_stdin: bool) -> str:
    """Typed without an echo, or the first line of standard input. Never an argument of the command: every account
    of the machine could read that."""
    password = sys.stdin.readline().rstrip("\n") if from_stdin else _typed(email)
    if len(password) < SHORTEST_PASSWORD:
        raise CommandError(f"A password needs {SHORTEST_PASSWORD} characters or more.")
    return password


def _typed(email: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError("There is no terminal to ask for the password: send it with --password-stdin.")
    password = getpass.getpass(f"A password for {email}: ")
    if getpass.getpass("The same again: ") != password:
        raise CommandError("These are two different passwords. Nothing was stored.")
    return password
