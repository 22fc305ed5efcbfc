"""`privity token`: what is right and wrong with an identity token, and a token to try the chat with."""

import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import OctKey

from privity.cli.console import CommandError, give, say
from privity.cli.place import the_workspace, visited_house
from privity.cli.snippets import lines_of, snippet_for, with_code
from privity.proofs.tokens import SUBJECT_CHARACTERS, TEST, SigningKey
from privity.proofs.verifying import explained, workspace_of
from privity.settings import Settings
from privity.web import wire
from privity.web.limits import TOKEN_CHARACTERS

LIFETIME = timedelta(minutes=10)
MARKS = {"right": "[green]✓[/]", "wrong": "[red]✗[/]", "unknown": "[dim]?[/]"}
WORDS = {"right": "right", "wrong": "wrong", "unknown": "hidden"}


async def explain(settings: Settings, *, language: str | None, workspace: str | None, json: bool) -> None:
    """The token comes on standard input: an argument could be read by every account of the machine."""
    code = snippet_for(language)
    token = _given()
    async with visited_house(settings) as house:
        answer = await explained(house, await the_workspace(house, workspace), token)
    if json:
        give(with_code(answer, code))
        return
    say("[bold green]It proves who they are.[/]" if answer.accepted else "[bold red]It proves nobody.[/]")
    for check in answer.checks:
        say(*_lines(check))
    say(*lines_of(code))


async def sign(
    settings: Settings,
    *,
    subject: str,
    name: str | None,
    kid: str | None,
    workspace: str | None,
    json: bool,
) -> None:
    """A token for somebody who is nobody of the site's, signed with one of the workspace's own secrets."""
    _require_test(subject)
    async with visited_house(settings) as house:
        chosen, now = await the_workspace(house, workspace), house.clock()
        key = _secret_among((await workspace_of(house, str(chosen))).keys.values(), kid)
    token = _signed(chosen, key, subject, name, now)
    if json:
        give({"workspace": chosen, "subject": subject, "kid": key.kid, "token": token})
    else:
        say(token)


def _given() -> str:
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


def _lines(check: wire.TokenCheck) -> list[str]:
    first = f"{MARKS[check.state]} {WORDS[check.state]}  [bold]{check.name}[/]: {check.sentence}"
    return [first] if check.remedy is None else [first, f"    {check.remedy}"]


def _require_test(subject: str) -> None:
    """A token for a user of the site comes from the site alone, which knows who is there."""
    if not subject.startswith(TEST) or not subject.removeprefix(TEST).strip():
        raise CommandError(
            f"This signs for subjects that begin with {TEST}, such as {TEST}ada, and for no user of the site."
        )
    if len(subject) > SUBJECT_CHARACTERS or not subject.isprintable():
        raise CommandError(f"A subject has {SUBJECT_CHARACTERS} printable characters at most.")


def _secret_among(keys: Iterable[SigningKey], kid: str | None) -> SigningKey:
    """The named key, else the newest; one whose secret is kept here."""
    secrets = sorted((key for key in keys if key.alg.startswith("HS")), key=lambda key: key.id)
    fitting = [key for key in secrets if kid in (None, key.kid)]
    if fitting:
        return fitting[-1]
    if kid is not None:
        raise CommandError(f"There is no living key called {kid} whose secret is kept here.")
    raise CommandError("No living key has a secret that is kept here. Make one: privity keys add")


def _signed(workspace: UUID, key: SigningKey, subject: str, name: str | None, now: datetime) -> str:
    claims: dict[str, str | int] = {
        **({"iss": key.issuer} if key.issuer is not None else {}),
        "aud": str(workspace),
        "sub": subject,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
        "jti": token_urlsafe(16),
    }
    if name is not None:
        claims["name"] = name
    secret = OctKey.import_key(key.material)
    return jwt.encode({"alg": key.alg, "kid": key.kid}, claims, secret, algorithms=[key.alg])
