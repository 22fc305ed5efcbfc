"""Writes `docs/policy.md`: the law as it runs. Tables come from the articles, and so cannot say anything else.

python -m privity.policy.written --write docs/policy.md
python -m privity.policy.written --check docs/policy.md
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import TypeVar

from privity.policy.articles import CONTACT, TEAM, Article
from privity.policy.facts import Assurance
from privity.policy.remedies import GATE, LEGACY, TOKEN, WRITE, Explanation, remedy

Asked = TypeVar("Asked")

WIDTH = 110


def document() -> str:
    """The whole page, section by section."""
    sections = (
        opening(),
        people(),
        proof(),
        ownership(),
        gate(),
        decision_for_a_contact(),
        remedies(),
        decision_for_the_team(),
        writing(),
        refused_tokens(),
        old_hashes(),
        sessions(),
        what_a_contact_can_learn(),
        what_the_team_sees(),
        what_is_recorded(),
        what_is_kept(),
    )
    return "\n\n".join(sections) + "\n"


def opening() -> str:
    return _page(
        "# Who may read a conversation, and why",
        "This page is written by the program from the rules that it runs (`python -m privity.policy.written`), and "
        "a test holds the two together. *Why?* in the inbox and `privity why` answer with the same sentences.",
        "The rule in one line: **a past conversation opens only to the person who proved that it is theirs.**",
    )


def people() -> str:
    return _page(
        "## The people",
        _table(
            ("term", "who", "how it comes to be"),
            (
                (
                    "visitor",
                    "anybody with the widget on the page",
                    "the chat is opened; nothing is known of them",
                ),
                ("lead", "a visitor who wrote a message or typed an e-mail", "a claim: nothing is proved"),
                (
                    "user",
                    "a person that the site, or their own mailbox, proved",
                    "a valid identity token, or a code that was read in the mailbox",
                ),
                ("teammate", "a person who answers, signed in to the inbox", "an account in the workspace"),
            ),
        ),
        "Visitor, lead and user are kinds of *contact*. A typed e-mail is a **claim**: for a contact it selects "
        "nothing, joins nothing, opens nothing; for the team it is a search word. A lead is one session: its contact "
        "belongs to that session alone and is never turned into a user's. A proof points the new session at the "
        "user's contact and leaves the lead's as it was.",
    )


ASSURANCES: Mapping[Assurance, tuple[str, str]] = {
    Assurance.NONE: ("nothing", ""),
    Assurance.CLAIMED: (
        "an e-mail or a name that was typed, or set by the page's script without a signature",
        "",
    ),
    Assurance.LEGACY: (
        "another product's hash, which has no end of its own, where the workspace allows it until a date",
        "as `signed`, and to that date",
    ),
    Assurance.MAILBOX: (
        "where the workspace mails codes: one of them, typed back in the same browser session",
        "to a sign-out or the browser session's end, 12 hours at most",
    ),
    Assurance.SIGNED: (
        "an identity token, signed by the site's own server",
        "to the token's `exp` or the workspace's `proof_max_age`; sooner to a sign-out or the page's end",
    ),
}


def proof() -> str:
    order = " < ".join(f"`{assurance.word}`" for assurance in Assurance)
    rows = [(f"`{assurance.word}`", *ASSURANCES[assurance]) for assurance in Assurance]
    return _page(
        "## Proof and assurance",
        _table(("assurance", "given by", "lasts"), rows),
        f"{order}. The least that opens history is `signed`, or what the workspace sets instead: `mailbox` or "
        "`legacy`. There is no switch for less.",
        "An **identity** is one subject at one provider of one workspace: for the site's tokens, its own id of the "
        "user; for a code, the exact address, which is nobody else's identity: the site's user of that address is "
        "another one. A **session** proves at most one.",
    )


def ownership() -> str:
    return _page(
        "## Ownership",
        _numbered(
            "A conversation has an *origin session* and at most one *owner*. The owner is an identity, never a "
            "contact and never an address.",
            "Started in a session that has proved an identity, it is owned by it from the first message. Started by "
            "a lead, it has no owner.",
            "Proving an identity closes the session that asked and opens a new one. What the closed one wrote "
            "without an owner is *on offer* to that identity alone, in that same browser, until it is taken or left, "
            "the person signs out, another identity is proved there, or 24 hours have passed. On offer is neither "
            "readable nor writable; the question says when and on which page each began, shows its first line to who "
            "asks for it, and names the account that would own it. What nobody took is closed to every contact for "
            "good. Taking is recorded, and can be undone until something is written. A workspace says how it is "
            "asked: `ask` (the default) expects neither answer; `always` asks as well, proposes to keep it all, and "
            "reminds the person of others who use the computer; `never` offers nothing.",
            "What a lead wrote in a session that ended by itself is closed, unless the workspace keeps the question "
            "for some days (`adoption_days`: 0 by default, 14 at most). The browser then holds a *ticket* as well. It "
            "is no session and reads nothing; it puts what was written there on offer to the first identity that is "
            "proved beside it, and to none after. It is void at a sign-out, at “end chat”, when somebody says that the "
            "computer is shared, and once another identity is proved there; a shorter time holds at once.",
            "Two identities are one person only by a recorded *link* of exactly these two: made by a signed token that "
            "names both, brought by the very session that has proved the other; or by the person, who proves a mailbox "
            "beside what they have proved and says yes to what becomes readable, where a mailbox opens its own past. "
            "Either then reads what both own. It falls when the site's newest token for that user names another "
            "address or gives the address to somebody else, when either is retired, or when the person ends it.",
            "An identity that is *retired* keeps what it owns, and nobody proves it any more: its subject's next proof "
            "is of another identity.",
            "What teammates do to a contact's card moves no right.",
            "The team may start a conversation for an identity, which then owns it, or for one living session of a "
            "lead as if that session had started it.",
        ),
    )


def gate() -> str:
    return _page(
        "## The gate",
        "Before any id is looked at, each request, socket frame and delivery needs a living session of this "
        "workspace. Without one the answer is 401, or the socket's close, alike for every route and id.",
        _table(("when", "reason", "what to do"), _explained(GATE)),
    )


def decision_for_a_contact() -> str:
    return _page(
        "## The decision, for a contact",
        "The first row that applies decides; the last one is reached when none before it did.",
        _articles(CONTACT),
        "A yes covers public messages, never notes. Who may not read may not write, rate or type. A list is a read "
        "of each conversation in it: it holds exactly those to which the table says yes.",
        "Behind the gate every “no” is one answer: 404, equal in status, body, headers and size. Reasons and remedies "
        "are for teammates.",
    )


def remedies() -> str:
    rows = [(f"`{row.reason}`", remedy(row.reason) or "") for row in CONTACT if not row.allows]
    return _page("### What to do about a no", _table(("reason", "what to do"), rows))


def decision_for_the_team() -> str:
    return _page(
        "## The decision, for the team",
        _articles(TEAM),
        "A key of the API reads as its scopes allow, and is asked anew at each request, as a teammate is.",
    )


def writing() -> str:
    return _page(
        "## Writing",
        "A workspace may take words only from people who proved something. It is asked at the door of every write, "
        "after the gate and before any id is looked at.",
        _table(("when", "reason", "what to do"), _explained(WRITE)),
    )


def refused_tokens() -> str:
    return _page(
        "## Tokens that are refused",
        "A request with an identity token that is not good opens nothing: no session as that person, and none as a "
        "visitor in its place. The answer names the class of the fault and never depends on the subject.",
        _table(("what was wrong", "class", "what the site's developer has to change"), _explained(TOKEN)),
    )


def old_hashes() -> str:
    return _page(
        "## Old hashes",
        "For the time of a move, a workspace can let the hashes of another product prove its users: off by default, "
        "for each product by itself and with its own secret, until a date at most 180 days after it was turned on.",
        _listed(
            "A hash proves the one identifier that its product makes it of, letter for letter, and that is an identity "
            "of its own: the product, the kind of identifier, the identifier. An address is never a user id, Crisp's "
            "never Intercom's, and none of them is the site's user of an identity token. What the page says beside it "
            "is a claim.",
            "It gives `legacy`. That opens the past only where `history_from` is `legacy`, which a workspace can ask "
            "for only while a switch is on; after the last switch's date or end, `signed` is asked again.",
            "A session on it lasts as long as one on a token issued in that moment, and never beyond the date. When "
            "the switch is turned off, every session that rests on it is over at once.",
            "A sign-out ends the session. The hash itself has no end, so a site that goes on giving it signs the "
            "person in anew. *Sign out everywhere* uses it up: it proves nobody until the site has signed, after that, "
            "an identity token for the same person, whose `sub` is the hash's user id or whose address, with "
            "`email_verified`, is the hash's address, letter for letter; or until the product is turned on anew, with "
            "another secret.",
            "Whoever has an address has its hash's past: an address that changes hands takes it along. A user id that "
            "is never given twice does not.",
        ),
        _table(("what was wrong", "class", "what the site's developer has to change"), _explained(LEGACY)),
    )


def sessions() -> str:
    return _page(
        "## Sessions",
        _listed(
            "A *browser session* (visitor, lead, and who proved a mailbox) is carried by a `__Host-`, Secure, "
            "HttpOnly, partitioned cookie of the chat's own origin; where there are no cookies, by `sessionStorage` "
            "of the chat's own frame. A *page session* (the site's user) is carried by one page's memory. Secrets "
            "are stored as hashes. A request is judged by one of them. A *ticket* is a second such cookie, by which no "
            "request is judged; a browser without cookies holds none.",
            "A sign of life is a request or an open socket of the widget. A browser session ends 30 minutes after the "
            "last one (a setting, 5 minutes to 24 hours), 24 hours after its start, at “end chat”, or when an "
            "identity is proved in it. A page session ends with its proof, 60 seconds after the page's last sign of "
            "life, or when the page names nobody or somebody else: it is asked on focus, on return and every 5 "
            "minutes.",
            "The same identity again renews a session; another identity needs an end first. The secret of a session "
            "that ended by a proof reads and writes nothing more; it may repeat the same proof for 30 seconds, but for "
            "what is taken once: a code, a sign-in elsewhere, or a token where the workspace takes each once.",
            "An end holds from the moment the call returns: no request is answered and no event delivered under it. "
            "Sockets close within a second, the tokens that the session rested on are spent, and the page empties "
            "what it holds.",
            "*Sign out everywhere*, by the person, a teammate or the site's server, ends every session of an identity "
            "and uses up every proof of it that was made before.",
            "Every delivery on a socket is judged anew.",
        ),
    )


def what_a_contact_can_learn() -> str:
    return _page(
        "## What a contact can learn of others: nothing",
        "Fix what one session does and when, its network address, the workspace's settings and keys, what teammates "
        "do in conversations that the session may read, the clock and the server's random source. Let two worlds "
        "agree in all that and differ in anything else: who the other contacts are, whether they exist, what they "
        "claimed, proved or wrote, and what teammates did about them. Then everything that the server sends to that "
        "session is the same in both, byte for byte.",
        "Not promised: that a loaded server is not slower; how fast and with what words a teammate answers; what the "
        "workspace publishes about itself; what others do from the same network address to limits that are counted "
        "by network.",
    )


def what_the_team_sees() -> str:
    return _page(
        "## What the team sees",
        _listed(
            "Each message carries the assurance under which it was written, and keeps it for ever.",
            "A claimed e-mail is shown as a claim (says “ada@example.com”, unproved), never as a name of record, next "
            "to the number of proved users of that address, so that nobody is tricked into answering with their "
            "data.",
            "Above each composer stands who will see the answer.",
            "*Why?* says for each contact, for each of its own conversations, the row that decides and what to do; "
            "what proof is missing; when and why the last proof failed; what was proved and refused in each of its "
            "sessions; and what it would see of its own conversations if one fact were another: if the page gave a "
            "good token, if a mailbox were proved by a code, if `history_from` were `mailbox`, if the last session "
            "were still open. For that the same rows decide about facts that are not so. Of other people's "
            "conversations with the same address it says how many there are, without ids or links.",
            "*Identity health* counts by day, for 90 days at the most in view: proofs accepted and refused by reason "
            "and key, how far the site's clock seems off, how many sessions proved something and whom a stricter "
            "setting would meet, what was said unsigned in a proved session, names of settings in a page that look "
            "like a secret's (never a value), and sign-outs that the page did not announce.",
        ),
    )


def what_is_recorded() -> str:
    return _page(
        "## What is recorded",
        "Each proof, refusal, session's end, adoption, ticket, link, retirement, block, key change, policy change and "
        "sign-in of a teammate, and each read of what was said, by teammate or contact, goes to an append-only log.",
        _listed(
            "A read is (reader, session, conversation, from, to, count). A teammate's is stored before the answer; a "
            "contact's reads of their own within 5 seconds. A line of a list is a read of the message that it shows; "
            "while it stays on a screen, one read.",
            "Refusals at a contact's door are counted for each session, reason and minute.",
            "An event holds random ids and reason words: no text, address, name, external id or network address.",
            "The log is sealed each minute in batches, each signed and naming the one before it; `privity audit "
            "verify` names the first event that is not as it was. Who appends to the log can't read it, who seals it "
            "can't alter an event, and who reads it can't change it.",
            "Leaves are salted. Erasing a person takes the salts and the ids away; the leaf stays, and `verify` "
            "answers “erased, intact”.",
            "It is kept for 12 months (a setting), and cut at a seal whose root stays. An auditor alone reads it, and "
            "nothing of what was said; that it was read is recorded. A contact can ask what kind of reader read its "
            "own conversations, how often, and when last.",
        ),
    )


def what_is_kept() -> str:
    return _page(
        "## What is kept of a session",
        "Its secret's hash, times, assurance, coarse client, and the page's origin and path without query. Network "
        "addresses live only in the limiter's memory, as a keyed hash, while its window lasts. A claim is stored when "
        "it is sent, not while it is typed.",
    )


def _articles(articles: Iterable[Article[Asked]]) -> str:
    rows = (
        (str(number), row.sentence, "yes" if row.allows else "no", f"`{row.reason}`")
        for number, row in enumerate(articles, start=1)
    )
    return _table(("#", "when", "answer", "reason"), rows)


def _explained(explanations: Mapping[str, Explanation]) -> Iterable[Sequence[str]]:
    return ((said.sentence, f"`{reason}`", said.remedy or "") for reason, said in explanations.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(_row(cells) for cells in (head, ["---"] * len(head), *rows))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _numbered(*items: str) -> str:
    return "\n".join(_item(f"{number}. ", text) for number, text in enumerate(items, start=1))


def _listed(*items: str) -> str:
    return "\n".join(_item("- ", text) for text in items)


def _item(bullet: str, text: str) -> str:
    return fill(
        text, WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet), break_on_hyphens=False
    )


def _page(*blocks: str) -> str:
    """Prose is wrapped; what has lines of its own is left alone."""
    return "\n\n".join(
        block if "\n" in block or block.startswith(("#", "1. ", "- ")) else _item("", block)
        for block in blocks
    )


def main() -> None:
    parser = ArgumentParser(prog="python -m privity.policy.written", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", type=Path, metavar="FILE")
    what.add_argument("--check", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    if chosen.write:
        chosen.write.write_text(document(), "utf-8")
    elif not chosen.check.exists() or chosen.check.read_text("utf-8") != document():
        sys.exit(f"{chosen.check} is not what runs. Write it: {parser.prog} --write {chosen.check}")


if __name__ == "__main__":
    main()
