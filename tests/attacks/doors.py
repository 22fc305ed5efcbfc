"""What is asked at the doors before anything else, and how it is taken out."""

from collections.abc import Mapping
from typing import Any

from privity import app
from privity.live.contact import ContactSocket
from privity.live.team import TeamSocket
from privity.people import door as team
from privity.proofs import carriers, routes
from privity.proofs import door as contacts
from privity.proofs import store as proofs
from privity.proofs.carriers import Carried
from tests.attacks.harness import Breach, defence


@defence
def the_look_at_the_origin(breach: Breach) -> None:
    """Any page may ask with the browser's cookie."""

    def from_anywhere(headers: Mapping[str, str], own_origin: str) -> Carried:
        own = {"origin": own_origin, "sec-fetch-site": "same-origin"}
        return carriers.carried({**headers, **own}, own_origin)

    breach.replace(contacts, "carried", from_anywhere)
    breach.replace(routes, "carried", from_anywhere)


@defence
def the_sockets_look_at_the_origin(breach: Breach) -> None:
    """Any page may open a socket with the browser's cookie."""
    welcoming = ContactSocket._open

    async def open_to_all(socket: ContactSocket) -> None:
        socket.line.headers = {**socket.line.headers, "origin": socket.house.settings.origin}
        await welcoming(socket)

    breach.replace(ContactSocket, "_open", open_to_all)
    breach.replace(TeamSocket, "_check_page", lambda _: None)


@defence
def the_look_at_the_desks_page(breach: Breach) -> None:
    """Any page may act with a teammate's cookie."""
    breach.replace(team, "require_own_page", _pass)
    breach.replace(team, "_require_csrf", _pass)


@defence
def the_scopes_of_a_key(breach: Breach) -> None:
    """A key reaches everything."""
    breach.replace(team, "_require_scope", _pass)


@defence
def the_word_against_caches(breach: Breach) -> None:
    """No answer says that nobody may keep it."""
    breach.replace(app, "_close_by_default", _pass_by)


@defence
def the_worth_of_a_claim(breach: Breach) -> None:
    """Who types an address is taken for whoever proved it."""
    breach.database(
        "GRANT UPDATE ON session TO privity_gate",
        "ALTER TABLE session DROP CONSTRAINT session_check, DROP CONSTRAINT session_check1",
    )
    breach.statement(
        proofs.SQL,
        "claimed",
        r"SET assurance = 'claimed'",
        "SET assurance = 'signed', identity_id = (SELECT i.id FROM contact_identity i JOIN claim c ON c.key = i.email"
        " WHERE c.workspace_id = $1 AND c.session_id = $2 AND i.workspace_id = $1 LIMIT 1)",
    )


@defence
def the_end_of_a_session(breach: Breach) -> None:
    """A session that rose or was ended goes on."""
    breach.statement(
        proofs.SQL,
        "end_session",
        r"SET ended_at = \$3, end_reason = \$4(\s+WHERE)",
        r"SET expires_at = expires_at\1 $3::timestamptz IS NOT NULL AND $4::text IS NOT NULL AND",
    )


def _pass(*_: Any) -> None:
    """Asks nothing."""


async def _pass_by(*_: Any) -> None:
    """Says nothing."""
