"""What a proof must be, and how each of its checks is taken out."""

import hmac
import json
import re
from base64 import urlsafe_b64decode
from contextvars import ContextVar
from typing import Any

from litestar import Request

from privity.house import House
from privity.mail.letter import Letter
from privity.people import store as people
from privity.people.model import Badge, Member
from privity.proofs import actions, hashes, mailbox, routes, tokens
from privity.proofs import store as proofs
from privity.proofs.carriers import Knock
from privity.proofs.opening import Opened
from privity.proofs.tokens import Identified, SigningKey
from privity.vouching import legacy
from privity.web import limits, wire
from privity.web.limiter import Limiter
from privity.web.problems import Problem
from privity.workspaces import store as workspaces
from tests.attacks import identities
from tests.attacks.harness import Breach, defence

# ── Tokens ───────────────────────────────────────────────────────────────────────────────────────────────────


@defence
def the_signature(breach: Breach) -> None:
    """A token that names a key that we know need not be signed by it."""
    breach.replace(tokens, "is_signed_by", lambda *_: True)


@defence
def the_keys_own_algorithm(breach: Breach) -> None:
    """A token says itself how its key is used."""

    def as_the_token_says(head: tokens.Claims, keys: dict[str, SigningKey]) -> SigningKey | str:
        return keys.get(str(head.get("kid"))) or "key"

    breach.replace(tokens, "key_for", as_the_token_says)
    breach.replace(tokens, "is_signed_by", _fits_as_the_token_says)


@defence
def the_keys_of_the_workspace(breach: Breach) -> None:
    """A token may bring its own key."""
    breach.replace(tokens, "key_for", lambda _, keys: next(iter(keys.values())))
    breach.replace(tokens, "is_signed_by", lambda *_: True)


@defence
def the_audience(breach: Breach) -> None:
    """A token for anybody is a token for us."""
    breach.replace(tokens, "CHECKS", tuple(check for check in tokens.CHECKS if check[0] != "audience"))


@defence
def the_bounds_of_a_tokens_life(breach: Breach) -> None:
    """A token lasts as long as it says, and longer."""
    timeless = ("lifetime", "not_yet", "expired")
    breach.replace(tokens, "CHECKS", tuple(check for check in tokens.CHECKS if check[0] not in timeless))


@defence
def the_subject_alone(breach: Breach) -> None:
    """A claim beside the subject says whose record it is."""
    identified = tokens._identified

    def by_another_claim(claims: tokens.Claims, key: SigningKey, token: str) -> Identified:
        return identified({**claims, "sub": claims.get("user_id", claims["sub"])}, key, token)

    breach.replace(tokens, "_identified", by_another_claim)


@defence
def one_identity_for_each_subject(breach: Breach) -> None:
    """Whose proof names an address that somebody has already is taken for that somebody."""
    identities.link_by_address(breach, lambda _: True)


@defence
def the_refusal_of_a_bad_proof(breach: Breach) -> None:
    """Whose proof is not good goes on as a lead who says the same."""
    open_session = actions.open_session

    async def open_anyhow(house: House, knock: Knock, ask: wire.OpenSession) -> Opened:
        try:
            return await open_session(house, knock, ask)
        except Problem:
            return await open_session(house, knock, wire.OpenSession(workspace=ask.workspace))

    breach.replace(actions, "open_session", open_anyhow)


@defence
def the_kinds_of_credentials(breach: Breach) -> None:
    """What opens one door opens the other."""

    async def of_any_kind(house: House, badge: Badge) -> Member | None:
        for kind in (people._person, people._key):
            member = await kind(house, badge.credential)
            if member is not None:
                return member
        return None

    breach.replace(people, "member", of_any_kind)


# ── Codes ────────────────────────────────────────────────────────────────────────────────────────────────────


@defence
def the_count_of_tries(breach: Breach) -> None:
    """A code may be guessed as often as one likes."""
    breach.statement(proofs.SQL, "try_code", r"AND tries < \$4", "AND $4::integer IS NOT NULL")


ALWAYS_DRAWN = "004711"
"""The code, where a test lets chance draw no other."""


@defence
def the_void_of_a_code_that_was_not_mailed(breach: Breach) -> None:
    """A code is good, mailed or not: who asks often enough may guess as often."""
    breach.replace(mailbox, "NONE", ALWAYS_DRAWN)


@defence
def the_count_of_wrong_codes(breach: Breach) -> None:
    """A network may be wrong as often as it likes."""
    breach.replace(limits, "WRONG_CODES", limits.Rate(1_000_000, 1, "network"))


@defence
def the_comparison_of_codes(breach: Breach) -> None:
    """Any six digits will do."""

    class Careless:
        compare_digest = staticmethod(lambda *_: True)
        digest = staticmethod(hmac.digest)

    breach.replace(mailbox, "hmac", Careless)


@defence
def the_one_address_of_a_letter(breach: Breach) -> None:
    """A letter goes to whatever was typed."""
    breach.replace(mailbox, "clean_email", lambda typed: typed)
    breach.replace(mailbox, "say", _says_nothing)


@defence
def the_fixed_words_of_a_letter(breach: Breach) -> None:
    """A letter says which host it was asked at."""
    asked_at: ContextVar[str] = ContextVar("asked_at", default="")
    knock, letter = routes._knock, mailbox._letter

    def note_host(request: Request[Any, Any, Any], house: House) -> Knock:
        asked_at.set(request.headers.get("x-forwarded-host", "") + request.headers.get("host", ""))
        return knock(request, house)

    def with_host(company: str, address: str, code: str) -> Letter:
        written = letter(company, address, code)
        return Letter(written.to, written.subject, f"{written.text}\n{asked_at.get()}")

    breach.replace(routes, "_knock", note_host)
    breach.replace(mailbox, "_letter", with_host)


@defence
def the_code_in_the_body_alone(breach: Breach) -> None:
    """The code stands in the subject, where a lock screen shows it."""
    letter = mailbox._letter

    def shown(company: str, address: str, code: str) -> Letter:
        written = letter(company, address, code)
        return Letter(written.to, f"{code}: {written.subject}", written.text)

    breach.replace(mailbox, "_letter", shown)


@defence
def the_silence_of_a_mailboxs_limit(breach: Breach) -> None:
    """Who asks for a code learns that somebody asked before."""

    def loudly(limiter: Limiter, *counted: Any) -> bool:
        limiter.take(*counted)
        return True

    breach.replace(Limiter, "allows", loudly)


@defence
def the_single_use_of_a_link(breach: Breach) -> None:
    """A set-up link is good for whoever holds any word."""

    async def good(*_: Any) -> bool:
        return True

    breach.replace(workspaces, "link_is_good", good)
    breach.replace(workspaces, "use_link", good)


# ── What is on offer ─────────────────────────────────────────────────────────────────────────────────────────


@defence
def the_bounds_of_an_offer(breach: Breach) -> None:
    """Whatever is named may be taken."""
    breach.statement(
        proofs.SQL,
        "on_offer",
        r"AND origin_session = ANY \(\$2::uuid\[\]\) AND owner IS NULL",
        "AND $2::uuid[] IS NOT NULL",
    )
    breach.statement(
        proofs.SQL, "take", r"AND owner IS NULL AND origin_session = \$5", "AND $5::uuid IS NOT NULL"
    )


def _fits_as_the_token_says(key: SigningKey, token: str) -> bool:
    """The error of many libraries: a public key's text taken for a shared secret, and `none` for a signature."""
    head = tokens.header_of(token) or {}
    if str(head.get("alg")).lower() == "none":
        return True
    message, _, signature = token.rpartition(".")
    made = hmac.digest(key.material, message.encode(), "sha256")
    return hmac.compare_digest(urlsafe_b64decode(signature + "=="), made)


async def _says_nothing(house: House, caller: object, claims: object) -> object:
    return caller


# ── Other products' hashes ───────────────────────────────────────────────────────────────────────────────────


@defence
def the_strength_of_a_secret(breach: Breach) -> None:
    """Any word is a secret."""
    breach.replace(legacy, "_fit", lambda secret, _: secret.encode())


@defence
def the_strictness_of_a_comparison(breach: Breach) -> None:
    """A hash may be of any type, and equals what such a language takes for equal: what is true, or not nothing."""
    asked = Request.json

    async def of_any_type(request: Request[Any, Any, Any]) -> Any:
        sent = await asked(request)
        told = sent.get("legacy")
        if isinstance(told, dict) and not isinstance(told["hash"], str):
            told["hash"] = f"as it is: {json.dumps(told['hash'])}"
        return sent

    class Loose:
        digest = staticmethod(hmac.digest)

        @staticmethod
        def compare_digest(_: str, given: str) -> bool:
            return json.loads(given.removeprefix("as it is: ")) in (True, {"$ne": None})

    breach.replace(Request, "json", of_any_type)
    breach.replace(hashes, "_HASH", re.compile("as it is: .*"))
    breach.replace(hashes, "hmac", Loose)
