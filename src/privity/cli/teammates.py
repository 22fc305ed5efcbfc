"""`privity teammate`: accounts of those who answer."""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from rich.table import Table

from privity.cli.asked import UNSAID, Asked
from privity.cli.console import CommandError, answer
from privity.cli.given import asking
from privity.cli.place import visited_workspace
from privity.people.model import Role

if TYPE_CHECKING:
    from privity.people.store import AccountLine

SHORTEST_PASSWORD = 12

app = App(name="teammate")

PasswordStdin = Annotated[
    bool, Parameter(help="Read the password from standard input instead of asking for it.", negative="")
]


@app.command(name="add")
async def add_teammate(
    *,
    email: str,
    name: str,
    role: Annotated[
        Role,
        Parameter(help="An owner also decides about keys; an auditor reads the audit log and nothing else."),
    ] = "agent",
    password_stdin: PasswordStdin = False,
    asked: Asked = UNSAID,
) -> None:
    """Give somebody an account. Asks for the password."""
    from privity.people import actions

    password = _password_for(email, from_stdin=password_stdin)
    async with visited_workspace(asked) as (house, workspace):
        account = await actions.add_teammate(
            house, workspace, email=email, name=name, password=password, role=role
        )
        inbox = f"{house.settings.base_url}/inbox"
    answer(
        {"workspace": workspace, "teammate": account.teammate, "email": email},
        f"{name} can sign in with {email} at {inbox}.",
        json=asked.json,
    )


@app.command(name="list")
async def list_teammates(*, asked: Asked = UNSAID) -> None:
    """Who has an account, in which role, and when they signed in last."""
    from privity.people import actions

    async with visited_workspace(asked) as (house, workspace):
        lines = await actions.accounts(house, workspace)
    answer(lines, _table(lines), json=asked.json)


@app.command(name="password")
async def change_password(
    *,
    email: str,
    password_stdin: PasswordStdin = False,
    asked: Asked = UNSAID,
) -> None:
    """Give an account another password. Asks for it; who is signed in with the old one is out."""
    from privity.people import actions

    password = _password_for(email, from_stdin=password_stdin)
    async with visited_workspace(asked) as (house, workspace):
        await actions.change_password(house, workspace, email, password)
    answer(
        {"email": email, "password_changed": True},
        f"{email} opens with the new password alone, and is signed out everywhere.",
        json=asked.json,
    )


@app.command(name="disable")
async def disable_teammate(*, email: str, asked: Asked = UNSAID) -> None:
    """Take somebody's account away: it is signed out everywhere, and what they wrote stays."""
    from privity.people import actions

    async with visited_workspace(asked) as (house, workspace):
        await actions.disable_teammate(house, workspace, email)
    answer(
        {"email": email, "disabled": True},
        f"{email} opens nothing from now on. What they wrote stays.",
        json=asked.json,
    )


def _table(lines: "list[AccountLine]") -> Table:
    table = Table("name", "e-mail", "role", "signed in last", "", box=None, pad_edge=False)
    for line in lines:
        signed_in = f"{line.signed_in_at:%Y-%m-%d %H:%M}" if line.signed_in_at is not None else "never"
        ended = f"disabled {line.disabled_at:%Y-%m-%d %H:%M}" if line.disabled_at is not None else ""
        table.add_row(line.name, line.email, line.role, signed_in, ended)
    return table


def _password_for(email: str, *, from_stdin: bool) -> str:
    """Typed without an echo, or the first line of standard input. Never an argument of the command: every account
    of the machine could read that."""
    with asking():
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
