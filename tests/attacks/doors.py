"""What is asked at the doors before anything else, and how it is taken out."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from litestar import Request

from privity import app
from privity.conversations import actions as writing
from privity.conversations.model import Draft
from privity.db.pool import Connection
from privity.history import routes as history
from privity.house import House
from privity.live import contact as live
from privity.live.contact import ContactSocket
from privity.live.team import TeamSocket
from privity.people import door as team
from privity.people import store as people
from privity.people.model import SCOPES, Member
from privity.proofs import carriers, claims, ending, opening, routes
from privity.proofs import door as contacts
from privity.proofs import store as proofs
from privity.proofs.carriers import Carried
from privity.proofs.model import Caller
from privity.web import headers, wire
from privity.web.problems import Problem
from privity.workspaces import published
from privity.workspaces import routes as shown
from privity.workspaces.published import Published
from tests.attacks.harness import Breach, defence

NOBODYS = frozenset(("kind",))
"""What some shapes have and a contact's words have not."""

COLUMNS = {
    "owner": "UPDATE conversation SET owner = $2 WHERE id = $1",
    "author_kind": "UPDATE message SET author_kind = $2 WHERE id = $1",
    "sent_at": "UPDATE message SET sent_at = $2::text::timestamptz WHERE id = $1",
}
"""What of a row a request could set, if it were let."""


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
    breach.replace(
        app, "WORDS", {name: said for name, said in headers.WORDS.items() if name != "Cache-Control"}
    )


@defence
def the_bounds_of_a_cookie(breach: Breach) -> None:
    """A cookie goes to the hosts below the chat's as well, and a script may read it."""
    breach.replace(carriers, "_ATTRIBUTES", "Domain=chat.example; Path=/; Secure; SameSite=None; Partitioned")


@defence
def the_owner_before_a_tag(breach: Breach) -> None:
    """Whether the tag of a conversation still fits is looked at before whose it is."""
    tag = ContextVar[str | None]("tag")

    def with_its_tag(sent: Mapping[str, str], own_origin: str) -> Carried:
        tag.set(sent.get("if-none-match"))
        return carriers.carried(sent, own_origin)

    async def permitted_if_it_does_not_fit(house: House, caller: Caller, conversation: UUID) -> Any:
        async with house.pools.gate.within(caller.viewer.workspace) as db:
            is_there = await db.fetchval("SELECT true FROM conversation WHERE id = $1", conversation)
        if is_there and tag.get():
            raise Problem(412, "changed", "What you have is what there is.")
        return await writing.permitted(house, caller, conversation)

    breach.replace(contacts, "carried", with_its_tag)
    breach.replace(history, "permitted", permitted_if_it_does_not_fit)


@defence
def the_silence_on_a_proxys_word(breach: Breach) -> None:
    """A header says who is signed in."""
    badge_of, member = team.badge_of, people.member

    def named(sent: Mapping[str, str]) -> Any:
        return sent.get("x-forwarded-user") or badge_of(sent)

    async def by_name(house: House, badge: Any) -> Member | None:
        if not isinstance(badge, str):
            return await member(house, badge)
        account = await people.account(house, badge)
        assert account is not None
        who = account.teammate
        return Member(account.workspace, "", who, "teammate", "", badge, "owner", SCOPES, None, "")

    breach.replace(team, "badge_of", named)
    breach.replace(people, "member", by_name)


@defence
def the_sites_that_may_frame_the_panel(breach: Breach) -> None:
    """Any page may hold the panel in a frame."""
    breach.replace(shown, "page_policy", lambda origin, _: headers.page_policy(origin, "*"))


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
    breach.statement(
        proofs.SQL,
        "rise",
        r"SET ended_at = \$3, end_reason = 'rise', (.*\s+WHERE)",
        r"SET \1 $3::timestamptz IS NOT NULL AND",
    )


@defence
def the_word_that_a_session_ended(breach: Breach) -> None:
    """Open sockets are not told, and nobody looks whether their session lives."""
    breach.replace(ending, "announce_end", _pass)
    breach.replace(opening, "announce_end", _pass)


@defence
def the_refusal_of_fields_that_nobody_asked_for(breach: Breach) -> None:
    """What is sent beside the words is stored with them, where there is a column for it."""
    asked, start, send = Request.json, writing.start, writing.send
    known = {name for shape in wire.Asked.__subclasses__() for name in shape.__struct_fields__} - NOBODYS
    beside = dict[str, dict[str, Any]]()

    async def note_the_rest(request: Request[Any, Any, Any]) -> Any:
        sent = await asked(request)
        beside[str(sent.get("client_id"))] = {name: sent[name] for name in sent.keys() - known}
        return {name: value for name, value in sent.items() if name in known}

    def store(draft: Draft, *rows: UUID) -> None:
        for name, value in beside[str(draft.client_id)].items():
            for row in rows if name in COLUMNS else ():
                breach.rows(COLUMNS[name], row, value)

    async def start_with_it(house: House, caller: Caller, draft: Draft, page: str | None = None) -> Any:
        started, created = await start(house, caller, draft, page)
        store(draft, started.id, started.messages[0].id)
        return started, created

    async def send_with_it(house: House, caller: Caller, conversation: UUID, draft: Draft) -> Any:
        message, created = await send(house, caller, conversation, draft)
        store(draft, conversation, message.id)
        return message, created

    breach.replace(Request, "json", note_the_rest)
    breach.replace(writing, "start", start_with_it)
    breach.replace(writing, "send", send_with_it)


@defence
def the_strict_shape_of_frames(breach: Breach) -> None:
    """What should be an id may be a question to the database, and is whatever answers it."""
    strict = live._decode

    def asking(raw: str | bytes) -> Any:
        sent = json.loads(raw)
        if any(operator in str(sent.get("seen")) for operator in ("$ne", "$gt")):
            found = breach.rows("SELECT id FROM conversation")
            sent["seen"] = {str(row["id"]): 0 for row in found}
        return strict(json.dumps(sent))

    breach.replace(live, "_decode", asking)


@defence
def the_workspace_in_what_is_published(breach: Breach) -> None:
    """What was published first is kept, and answered to whoever asks for anything."""
    asked, kept = published.of, list[Published]()

    async def first(house: House, text: str) -> Published:
        if not kept:
            kept.append(await asked(house, text))
        return kept[0]

    breach.replace(published, "of", first)


@defence
def the_room_in_which_a_claim_is_alone(breach: Breach) -> None:
    """A claim may not be what somebody has proved."""
    note = claims.note_claims

    async def if_it_is_free(db: Connection, workspace: UUID, *more: Any) -> bool:
        said = next(part for part in more if isinstance(part, wire.Claims))
        if await db.fetchval("SELECT count(*) FROM contact_identity WHERE email = $1", said.email or None):
            raise Problem(409, "taken", "This address is taken.")
        return await note(db, workspace, *more)

    breach.replace(claims, "note_claims", if_it_is_free)
    breach.replace(opening, "note_claims", if_it_is_free)


def _pass(*_: Any) -> None:
    """Asks nothing."""
