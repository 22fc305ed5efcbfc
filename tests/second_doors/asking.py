"""How each door is asked: with which query and body, and which ids it names.

A word in braces is filled in. `new` is a fresh UUID, `token` a token of the person who asks, `workspace` theirs; the
others, in a path or here, are ids of something, and each is tried with one's own, with others' and with made-up ones.
`test_naming.py` finds what a door takes and no line here fills.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

FRAME_WORDS = frozenset(("new", "token", "workspace", "path", "rest"))
"""Fillings that are no ids."""

_BRACES = re.compile(r"\{(\w+)\}")
_WRITTEN = {"body": "Where is it?", "client_id": "{new}"}

BODIES: Mapping[str, Any] = {
    "POST /widget/v1/sessions": {"workspace": "{workspace}"},
    "POST /api/v1/setup": {
        "token": "not the link's",
        "name": "Mallory",
        "email": "mallory@example.net",
        "password": "a password of twelve",
        "workspace": "Mallory's",
        "site": "https://mallory.example",
    },
    "POST /api/v1/sign-in": {"email": "grace@acme.example", "password": "not hers"},
    "PATCH /widget/v1/session": {"claims": {"name": "Ada Lovelace"}},
    "POST /widget/v1/session/proofs": {"kind": "token", "identity_token": "{token}"},
    "POST /widget/v1/links": {"account": "{mailbox}"},
    "POST /widget/v1/session/proofs + sign_in": {
        "kind": "oidc",
        "sign_in": {"provider": "{provider_id}", "code": "d", "verifier": "e" * 43, "nonce": "b" * 43},
    },
    "POST /widget/v1/session/sign-in-starts": {
        "provider": "{provider_id}",
        "state": "a" * 43,
        "nonce": "b" * 43,
        "code_challenge": "c" * 43,
    },
    "POST /widget/v1/adoptions": {"conversation_ids": ["{offered_id}"]},
    "POST /widget/v1/conversations": _WRITTEN,
    "POST /widget/v1/conversations/{conversation_id}/messages": _WRITTEN,
    "POST /widget/v1/conversations/{conversation_id}/read": {"seq": 1},
    "POST /widget/v1/conversations/{conversation_id}/rating": {"score": 1},
    "POST /api/v1/conversations": {**_WRITTEN, "session_id": "{session_id}"},
    "POST /api/v1/conversations + identity": {**_WRITTEN, "identity": {"subject": "{external_id}"}},
    "POST /api/v1/conversations/{conversation_id}/messages": _WRITTEN,
    "POST /api/v1/conversations/{conversation_id}/read": {"team_seq": 1},
    "POST /api/v1/conversations/{conversation_id}/assign": {"teammate_id": "{teammate_id}"},
    "POST /api/v1/token/explain": {"token": "{token}"},
    "POST /api/v1/keys": {"name": "the new shop"},
    "POST /api/v1/legacy/off": {"product": "customerly"},
    "POST /api/v1/sign-ins": {"name": "Acme ID", "issuer": "https://{new}.example", "client_id": "privity"},
    "PATCH /api/v1/settings": {"name": "greeting", "value": "Hello. What is it about?"},
    "POST /api/v1/key-address": {"url": "https://keys.example/jwks"},
    "POST /api/v1/keys/{kid}/stop": {"at": "2026-03-03T09:30:00Z"},
}

QUERIES: Mapping[str, str] = {
    "GET /widget/frame": "workspace={workspace}",
    "GET /widget/v1/config": "workspace={workspace}",
    "GET /widget/v1/conversations + cursor": "cursor={cursor}",
    "GET /api/v1/conversations": "contact={contact_id}",
    "GET /api/v1/conversations + cursor": "cursor={conversations_cursor}",
    "GET /api/v1/contacts + cursor": "cursor={contacts_cursor}",
    "GET /api/v1/audit + cursor": "cursor={log_cursor}",
}

FRAMES: Mapping[str, Any] = {
    "auth": {"token": "not a session's"},
    "resume": {"seen": {"{conversation_id}": 0}},
    "send": {"conversation_id": "{conversation_id}", "body": "Where is it?", "client_id": "{new}"},
    "typing": {"conversation_id": "{conversation_id}"},
    "read": {"conversation_id": "{conversation_id}", "seq": 1},
    "proof": {"identity_token": "{token}"},
    "ping": {},
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A request before its ids are filled in."""

    method: str
    path: str
    query: str
    body: str | None

    @classmethod
    def of(cls, what: str) -> "Asking":
        method, path, *_ = what.split(" ")
        body = json.dumps(BODIES[what]) if what in BODIES else None
        return cls(method, path, QUERIES.get(what, ""), body)

    def ids(self) -> list[str]:
        """The ids that it names, by what they are ids of."""
        named = _BRACES.findall(f"{self.path} {self.query} {self.body}")
        return sorted(set(named) - FRAME_WORDS)

    def said(self) -> Iterator[tuple[str, str]]:
        yield from parse_qsl(self.query)
        yield from _leaves(json.loads(self.body or "{}"))

    def in_path(self, name: str) -> bool:
        return f"{{{name}}}" in self.path

    def filled(self, words: Mapping[str, str]) -> "Asking":
        body = None if self.body is None else filled(self.body, words)
        return Asking(self.method, filled(self.path, words), filled(self.query, words), body)


def filled(text: str, words: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda found: words.get(found[1], found[0]), text)


def ids_in(route: str) -> dict[str, str]:
    """The fields of a door's query and body that name something, by the way to them (`identity.subject`), and what."""
    askings = [Asking.of(what) for what in (*QUERIES, *BODIES) if what.partition(" + ")[0] == route]
    said = [pair for asking in askings for pair in asking.said()]
    named = {field: found[1] for field, value in said if (found := _BRACES.fullmatch(value))}
    return {field: name for field, name in named.items() if name not in ("new", "token")}


def _leaves(said: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Each text in a body, by the way to it: `identity.subject`."""
    if isinstance(said, Mapping):
        for key, value in said.items():
            yield from _leaves(value, f"{name}.{key}".lstrip("."))
    elif isinstance(said, list):
        for value in said:
            yield from _leaves(value, name)
    else:
        yield name, str(said)
