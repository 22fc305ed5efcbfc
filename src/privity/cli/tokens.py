"""`privity token`: what is right and wrong with an identity token, and a token to try the chat with."""

import sys
from typing import Annotated

from cyclopts import App, Parameter
from rich.text import Text

from privity.cli.asked import UNSAID, Asked
from privity.cli.console import CommandError, answer, marked, say
from privity.cli.given import asking
from privity.cli.place import visited_workspace
from privity.cli.snippets import Language, lines_of, snippet_for, with_code
from privity.web import wire
from privity.web.limits import TOKEN_CHARACTERS

MARKS = {"right": "[green]✓[/]", "wrong": "[red]✗[/]", "unknown": "[dim]?[/]"}
WORDS = {"right": "right", "wrong": "wrong", "unknown": "hidden"}

app = App(name="token")


@app.command(name="explain")
async def explain_token(*, language: Language = None, asked: Asked = UNSAID) -> None:
    """What is right with an identity token, what is wrong, and how to mend it. Give it on standard input."""
    from privity.proofs.verifying import explained

    code, token = snippet_for(language), _given()
    async with visited_workspace(asked) as (house, workspace):
        explanation = await explained(house, workspace, token)
    answer(
        with_code(explanation, code),
        marked(
            "[bold green]It proves who they are.[/]"
            if explanation.accepted
            else "[bold red]It proves nobody.[/]"
        ),
        *(line for check in explanation.checks for line in _lines(check)),
        *lines_of(code),
        json=asked.json,
    )


@app.command(name="sign")
async def sign_token(
    *,
    subject: Annotated[str, Parameter(help="Who it names: test: and a word of yours, such as test:ada.")],
    name: Annotated[str | None, Parameter(help="The name that it says.")] = None,
    key: Annotated[str | None, Parameter(help="The kid of the key: the newest, if nothing is said.")] = None,
    asked: Asked = UNSAID,
) -> None:
    """A token for ten minutes, to try the chat with. It names nobody of the site's, and opens nothing of theirs."""
    from privity.cli.trial_token import require_trial_subject, trial_token

    require_trial_subject(subject)
    async with visited_workspace(asked) as (house, workspace):
        kid, token = await trial_token(house, workspace, subject, name, key)
    answer(
        {"workspace": workspace, "subject": subject, "kid": kid, "token": token},
        token,
        json=asked.json,
    )


def _given() -> str:
    """Not an argument: every account of the machine could read that."""
    with asking():
        if sys.stdin.isatty():
            say("Paste the token, then press Enter and Ctrl-D.")
        token = sys.stdin.read(TOKEN_CHARACTERS + 2).strip()
    if not token:
        raise CommandError("No token came on standard input, such as with: privity token explain < token.txt")
    if len(token) > TOKEN_CHARACTERS:
        raise CommandError(
            f"This is longer than any identity token: more than {TOKEN_CHARACTERS} characters."
        )
    return token


def _lines(check: wire.TokenCheck) -> list[str | Text]:
    first = marked(
        MARKS[check.state] + " {}  [bold]{}[/]: {}", WORDS[check.state], check.name, check.sentence
    )
    return [first] if check.remedy is None else [first, f"    {check.remedy}"]
