"""Who may go through which door: the access matrix, one line a door. `docs/security/matrix.md` is written from it.

A new route, frame or event needs a line here, and where it takes a body or a new kind of id, `asking.py` says how it
is asked, and `belongings.py` what is one's own of that kind. After a change:
`.venv/bin/python -m tests.second_doors.written > docs/security/matrix.md`.

yes       answered; it names nothing that could be somebody else's
own       what is one's own is; all else is answered like an id that nobody has, byte for byte
nothing   nothing there can be one's own: every id is answered like one that nobody has
no        not in reach (403), alike for every id

`+ cursor` is the same door once more, where it is asked for that besides.

A contact's own is what was begun in its living session or is owned by what it proved; a teammate's and a key's own is
what is of their workspace. Whoever is not named in a section stands before its gate: 401, alike for every id.
"""

from dataclasses import dataclass

OPEN = """
what                                                  anybody
GET /                                                 alike
GET /assets/{path}                                    alike
GET /compat/{script}                                  alike
GET /inbox                                            alike
GET /inbox/{rest}                                     alike
GET /loader.js                                        alike
GET /openapi.json                                     alike
GET /setup                                            alike
GET /widget/frame                                     alike
GET /widget/signed-in                                 alike
GET /widget/v1/config                                 alike
POST /widget/v1/sessions                              fresh
POST /api/v1/setup                                    alike
POST /api/v1/sign-in                                  alike
"""
"""Doors without a gate. `alike`: the answer does not depend on who asks. `fresh`: answered to whoever brings nothing
or a living session; what brings anything else gets no session in its place."""

CONTACTS = """
what                                                  visitor  lead     user
GET /widget/v1/session                                yes      yes      yes
PATCH /widget/v1/session                              yes      yes      yes
DELETE /widget/v1/session                             yes      yes      yes
POST /widget/v1/session/sign-out-everywhere           yes      yes      yes
POST /widget/v1/session/shared-computer               yes      yes      yes
POST /widget/v1/session/proofs                        yes      yes      yes
POST /widget/v1/session/proofs + sign_in              nothing  nothing  nothing
POST /widget/v1/session/sign-in-starts                own      own      own
GET /widget/v1/session/readings                       yes      yes      yes
GET /widget/v1/session/devices                        yes      yes      yes
DELETE /widget/v1/session/devices/{device_id}         own      own      own
GET /widget/v1/links                                  yes      yes      yes
POST /widget/v1/links                                 nothing  nothing  nothing
DELETE /widget/v1/links/{link_id}                     nothing  nothing  own
GET /widget/v1/adoptable                              yes      yes      yes
GET /widget/v1/adoptable/{offered_id}/first-line      nothing  nothing  own
POST /widget/v1/adoptions                             nothing  nothing  own
DELETE /widget/v1/adoptions/{adoption_id}             nothing  nothing  own
GET /widget/v1/conversations                          yes      yes      yes
GET /widget/v1/conversations + cursor                 own      own      own
POST /widget/v1/conversations                         yes      yes      yes
GET /widget/v1/conversations/{conversation_id}/messages  own   own      own
POST /widget/v1/conversations/{conversation_id}/messages  own  own      own
POST /widget/v1/conversations/{conversation_id}/read  own      own      own
POST /widget/v1/conversations/{conversation_id}/typing  own    own      own
POST /widget/v1/conversations/{conversation_id}/rating  own    own      own
"""
"""Behind the contact's gate: a living session of this workspace. A link is agreed to where a code was asked for and
redeemed a moment ago, and a sign-in proves something where this session began it: which nobody here has done."""

TEAM = """
what                                                  teammate  owner  auditor  key
GET /api/v1/me                                        yes       yes    yes      never
POST /api/v1/sign-out                                 yes       yes    yes      never
GET /api/v1/setup/visit                               yes       yes    yes      any
GET /api/v1/conversations                             own       own    no       conversations:read
GET /api/v1/conversations + cursor                    own       own    no       conversations:read
POST /api/v1/conversations                            own       own    no       conversations:read + conversations:write
POST /api/v1/conversations + identity                 own       own    no       conversations:read + conversations:write
GET /api/v1/conversations/{conversation_id}           own       own    no       conversations:read
GET /api/v1/conversations/{conversation_id}/messages  own       own    no       conversations:read
POST /api/v1/conversations/{conversation_id}/messages  own      own    no       conversations:write
POST /api/v1/conversations/{conversation_id}/read     own       own    no       never
POST /api/v1/conversations/{conversation_id}/close    own       own    no       conversations:read + conversations:write
POST /api/v1/conversations/{conversation_id}/reopen   own       own    no       conversations:read + conversations:write
POST /api/v1/conversations/{conversation_id}/assign   own       own    no       conversations:read + conversations:write
GET /api/v1/contacts                                  yes       yes    no       contacts:read
GET /api/v1/contacts + cursor                         own       own    no       contacts:read
GET /api/v1/contacts/{contact_id}                     own       own    no       contacts:read + conversations:read
GET /api/v1/contacts/{contact_id}/access              own       own    no       contacts:read
GET /api/v1/contacts/{contact_id}/timeline            own       own    no       contacts:read
GET /api/v1/identity-health                           yes       yes    no       contacts:read
GET /api/v1/snippets                                  yes       yes    no       contacts:read
POST /api/v1/users/{external_id}/sign-out             own       own    no       contacts:write
POST /api/v1/users/{external_id}/retire               own       own    no       contacts:write
POST /api/v1/identities/{identity_id}/sign-out        own       own    no       contacts:write
POST /api/v1/identities/{identity_id}/retire          own       own    no       contacts:write
POST /api/v1/identities/{identity_id}/block           own       own    no       contacts:write
POST /api/v1/identities/{identity_id}/unblock         own       own    no       contacts:write
POST /api/v1/sessions/{session_id}/end                own       own    no       contacts:write
POST /api/v1/sessions/{session_id}/block              own       own    no       contacts:write
POST /api/v1/sessions/{session_id}/unblock            own       own    no       contacts:write
POST /api/v1/token/explain                            yes       yes    no       contacts:read
GET /api/v1/keys                                      no        yes    no       never
POST /api/v1/keys                                     no        yes    no       never
POST /api/v1/keys/{kid}/stop                          no        own    no       never
DELETE /api/v1/keys/{kid}                             no        own    no       never
POST /api/v1/key-address                              no        yes    no       never
DELETE /api/v1/key-address                            no        yes    no       never
GET /api/v1/legacy                                    no        yes    no       never
POST /api/v1/legacy/off                               no        yes    no       never
GET /api/v1/sign-ins                                  no        yes    no       never
POST /api/v1/sign-ins                                 no        yes    no       never
DELETE /api/v1/sign-ins/{provider_id}                 no        own    no       never
GET /api/v1/settings                                  no        yes    no       never
PATCH /api/v1/settings                                no        yes    no       never
GET /api/v1/audit                                     no        no     yes      never
GET /api/v1/audit + cursor                            no        no     own      never
"""
"""Behind the team's door: a signed-in teammate, or a key. `key` names the scopes that a key needs, all of them."""

CONTACTS_FRAMES = """
what        visitor    lead       user
auth        first      first      first
resume      own        own        own
send        own        own        own
typing      own        own        own
read        own        own        own
proof       ends       ends       yes
ping        yes        yes        yes
"""
"""What a contact may say on its socket. `first`: it comes first or not at all, and later is refused, whosever secret it
brings. `ends`: the socket is closed; so it is, too, where a user brings the proof of somebody else."""

TEAM_FRAMES = """
what                                                  teammate  owner  auditor  key
typing      own        own        no         conversations:write
resume      own        own        no         conversations:read
ping        yes        yes        no         conversations:read
"""
"""What the team may say on its socket, which opens for those who reach `conversations:read`."""

EVENTS = """
what          contact    team
message       own        own
note          no         own
state         own        own
assigned      no         own
seen          own        no
read          no         own
typing        no         own
team_typing   own        no
sessions      no         own
end           own        no
adopted       no         own
links         no         no
blocked       no         own
"""
"""Who hears of what, on an open socket: a contact of its own conversation, the team of its own workspace.
Whom `links` concerns is looked at anew, and told nothing."""


@dataclass(frozen=True, slots=True)
class Door:
    """One line: what it is, and the word for each kind of person who passes the gate."""

    what: str
    words: dict[str, str]

    @property
    def route(self) -> str:
        return self.what.partition(" + ")[0]


def doors(table: str) -> list[Door]:
    head, *lines = (_cells(line) for line in table.strip().splitlines())
    return [Door(cells[0], dict(zip(head[1:], cells[1:], strict=True))) for cells in lines]


def _cells(line: str) -> list[str]:
    """Cells stand two spaces apart, or more."""
    return [cell.strip() for cell in line.split("  ") if cell.strip()]
