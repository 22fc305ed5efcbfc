"""What is decided for a workspace: each rule by its name, with what it means and which values it takes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from privity.audit.model import OPERATOR, AuditEvent, By
from privity.db.queries import beside
from privity.house import House
from privity.refused import RefusedError
from privity.web.input import clean_text
from privity.web.limits import ADOPTION_DAYS, PAGE_CHARACTERS
from privity.web.problems import Problem

SQL = beside(__file__, "rules.sql")

GREETING_CHARACTERS = 200
MINUTE = timedelta(minutes=1)
_COLOUR = re.compile(r"#[0-9a-f]{6}")

Value = str | bool | int | timedelta | None


class RuleError(RefusedError):
    """There is no such rule, or it does not stand with what else is decided."""


class NotTakenError(RuleError):
    """The rule does not take that value. The message says what it takes."""

    def __init__(self, rule: "Rule", word: str) -> None:
        super().__init__(f"{rule.name} takes {rule.takes}, not {word!r}.")
        self._rule = rule

    def beside_its_field(self) -> str:
        return f"This takes {self._rule.takes}."


@dataclass(frozen=True, slots=True)
class Rule:
    """`read` answers the value that a word stands for, or raises ValueError; `takes` says which words there are.

    Where these are few, `choices` are all of them. Who may be read about in the audit log does not decide how long
    it is kept: such a rule is not `for_owners`, but the operator's alone.
    """

    name: str
    means: str
    takes: str
    read: Callable[[str], Value]
    choices: tuple[str, ...] = ()
    for_owners: bool = True


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it stands in a workspace, its value in the word that would set it."""

    name: str
    value: str
    means: str
    takes: str
    choices: tuple[str, ...]
    for_owners: bool


async def lines(house: House, workspace: UUID) -> list[RuleLine]:
    """Every rule of a workspace."""
    async with house.pools.operator.within(workspace) as db:
        row = await db.fetchrow(SQL["rules"], workspace)
    if row is None:
        raise LookupError(f"there is no workspace {workspace}")
    return [
        RuleLine(rule.name, word_of(row[rule.name]), rule.means, rule.takes, rule.choices, rule.for_owners)
        for rule in RULES.values()
    ]


async def change(house: House, workspace: UUID, name: str, word: str, by: By = OPERATOR) -> str:
    """The rule holds from the next request on. Answers its value as it stands now."""
    rule = _rule(name, by)
    value = _read(rule, word)
    async with house.pools.operator.within(workspace) as db:
        if value == "legacy" and not await db.fetchval(SQL["takes_hashes"], workspace, house.clock()):
            raise RuleError(
                "No old hash is taken here. Turn a product's on first, on the server: `privity legacy on`."
            )
        await db.execute(SQL[rule.name], workspace, value)
    await house.ledger.record(AuditEvent(workspace, "policy_change", by.actor, by.id, reason=rule.name))
    return word_of(value)


def word_of(value: Any) -> str:
    """A value in the word that would set it."""
    match value:
        case bool():
            return "on" if value else "off"
        case timedelta():
            return str(value // MINUTE)
        case None:
            return "none"
    return str(value)


def _rule(name: str, by: By) -> Rule:
    known = {rule.name: rule for rule in RULES.values() if rule.for_owners or by == OPERATOR}
    if name not in known:
        raise RuleError(f"There is no setting called {name}. There are: {', '.join(known)}.")
    return known[name]


def _read(rule: Rule, word: str) -> Value:
    try:
        return rule.read(word)
    except (ValueError, Problem):
        raise NotTakenError(rule, word) from None


# ── Which values a rule takes ────────────────────────────────────────────────────────────────────────────────


def _one_of(name: str, means: str, *words: str) -> Rule:
    def read(word: str) -> str:
        if word not in words:
            raise ValueError(word)
        return word

    return Rule(name, means, f"{', '.join(words[:-1])} or {words[-1]}", read, words)


def _switch(name: str, means: str) -> Rule:
    def read(word: str) -> bool:
        if word not in ("on", "off"):
            raise ValueError(word)
        return word == "on"

    return Rule(name, means, "on or off", read, ("on", "off"))


def _minutes(name: str, means: str, least: int, most: int) -> Rule:
    def read(word: str) -> timedelta:
        if not (word.isascii() and word.isdecimal() and least <= int(word) <= most):
            raise ValueError(word)
        return int(word) * MINUTE

    return Rule(name, means, f"whole minutes, from {least} to {most}", read)


def _days(name: str, means: str, least: int, most: int, *, for_owners: bool = True) -> Rule:
    def read(word: str) -> int:
        if not (word.isascii() and word.isdecimal() and least <= int(word) <= most):
            raise ValueError(word)
        return int(word)

    return Rule(name, means, f"whole days, from {least} to {most}", read, for_owners=for_owners)


def _greeting(word: str) -> str:
    if len(word) > GREETING_CHARACTERS or "\n" in word:
        raise ValueError(word)
    return clean_text(word, "greeting")


def _colour(word: str) -> str:
    if not _COLOUR.fullmatch(word.lower()):
        raise ValueError(word)
    return word.lower()


def _address(word: str) -> str | None:
    """As a browser would follow it, and to a web page alone."""
    if word == "none":
        return None
    parts = urlsplit(word)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError(word)
    if len(word) > PAGE_CHARACTERS or re.search(r"[\s\x00-\x1f\x7f]", word):
        raise ValueError(word)
    return word


RULES = {
    rule.name: rule
    for rule in (
        _one_of(
            "history_from", "the least proof that opens past conversations", "legacy", "mailbox", "signed"
        ),
        _one_of(
            "least_to_write", "the least proof with which a contact may write", "none", "mailbox", "signed"
        ),
        _one_of(
            "adopt",
            "whether what was written before a sign-in is offered to who signs in there",
            "ask",
            "always",
            "never",
        ),
        _days(
            "adoption_days",
            "days in which that may still happen once the visitor's chat has closed by itself; 0 for not at all",
            0,
            ADOPTION_DAYS,
        ),
        _switch("codes", "whether the chat mails codes that prove a mailbox"),
        Rule(
            "greeting",
            "the chat's first line",
            f"one line of {GREETING_CHARACTERS} characters at most",
            _greeting,
        ),
        Rule("accent", "the company's colour", "a colour such as #2f4b8f", _colour),
        Rule(
            "sign_in_url",
            "the page of the site on which people sign in",
            "an address such as https://www.example.com/sign-in, or none",
            _address,
        ),
        _minutes("idle", "minutes without a sign of life until a visitor's chat closes", 5, 24 * 60),
        _minutes("proof_max_age", "minutes that an identity token proves somebody at most", 1, 60),
        _switch("once_only", "whether each identity token is taken once, by its jti"),
        _days("audit_days", "days that the audit log is kept", 31, 3650, for_owners=False),
    )
}
