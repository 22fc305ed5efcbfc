"""Somebody signs in at a provider: whom that proves, for how long, and every way in which it proves nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from privity.db.pool import Connection
from privity.house import House
from privity.outward.fetching import Outward
from privity.vouching import sign_ins
from privity.vouching.sign_ins import NoSuchProviderError, SignInRefusedError
from tests.attacks import identities, proving
from tests.authority import Authority
from tests.cast import ADA, BOB, MALLORY
from tests.clock import Clock
from tests.cut_off import cut_off_before_sessions_end
from tests.doors import CHAT, Acme, Script
from tests.provider import CLIENT, SECRET, Provider

NewClient = Callable[[], httpx.AsyncClient]


@pytest.fixture
def way_out(authority: Authority, provider: Provider) -> Outward:
    return provider.way_there(authority)


@pytest.fixture
async def offered(house: House, acme: Acme, provider: Provider) -> UUID:
    return await sign_ins.add(house, acme.id, "Acme ID", provider.issuer, CLIENT, SECRET)


@dataclass
class Panel:
    """A panel in which somebody signs in: what it keeps, and what it asks."""

    script: Script
    provider: UUID
    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, script: Script, provider: UUID) -> "Panel":
        return cls(script, provider, token_urlsafe(24), token_urlsafe(24), token_urlsafe(48))

    async def start(self, **other: Any) -> httpx.Response:
        challenge = create_s256_code_challenge(self.verifier)  # type: ignore[no-untyped-call]
        asked = {"state": self.state, "nonce": self.nonce, "code_challenge": challenge}
        body = {"provider": str(self.provider), **asked, **other}
        return await self.script.call("POST", "/widget/v1/session/sign-in-starts", body)

    async def address(self) -> str:
        answer = await self.start()
        assert answer.status_code == 200, answer.text
        address: str = answer.json()["authorization_url"]
        return address

    async def redeem(self, back: dict[str, str], **other: Any) -> httpx.Response:
        told = {
            "provider": str(self.provider),
            "verifier": self.verifier,
            "nonce": self.nonce,
            **back,
            **other,
        }
        told.pop("state", None)
        answer = await self.script.call(
            "POST", "/widget/v1/session/proofs", {"kind": "oidc", "sign_in": told}
        )
        if answer.status_code == 201:
            self.script.secret = answer.json()["session"]["token"]
        return answer


@pytest.fixture
async def panel(acme: Acme, door: NewClient, offered: UUID) -> Panel:
    script = Script(door(), acme)
    await script.open()
    return Panel.of(script, offered)


async def through(panel: Panel, provider: Provider, **other: Any) -> httpx.Response:
    return await panel.redeem(provider.signs_in(await panel.address()), **other)


async def faults(db: Connection) -> list[str]:
    return [row["reason"] for row in await db.fetch("SELECT reason FROM refused_proof ORDER BY at, id")]


async def test_ada_signs_in_and_sees_what_she_once_wrote(
    panel: Panel, provider: Provider, acme: Acme, door: NewClient, offered: UUID
) -> None:
    opened = await through(panel, provider)
    assert opened.status_code == 201, opened.text
    assert opened.json()["contact"] == {"kind": "user", "assurance": "signed", "name": ADA.name}
    assert opened.json()["history"] == "open"
    assert (await panel.script.start("where is my lamp?")).status_code == 201

    elsewhere = Panel.of(Script(door(), acme), offered)
    await elsewhere.script.open()
    await through(elsewhere, provider)

    assert len(await elsewhere.script.listed()) == 1


async def test_where_it_leads_says_what_a_provider_needs_and_no_secret(
    panel: Panel, provider: Provider
) -> None:
    address = urlsplit(await panel.address())
    said = {name: values[0] for name, values in parse_qs(address.query).items()}

    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/authorize"
    assert said.pop("code_challenge") not in (panel.verifier, "")
    assert said == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": f"{CHAT}/widget/signed-in",
        "scope": "openid email profile",
        "state": panel.state,
        "nonce": panel.nonce,
        "code_challenge_method": "S256",
    }


@pytest.mark.attack("A-50")
@pytest.mark.parametrize("asked", ["redirect_uri", "next", "response_mode"])
async def test_nobody_but_us_says_where_the_way_back_leads(
    panel: Panel, provider: Provider, asked: str
) -> None:
    refused = await panel.start(**{asked: "https://evil.example/"})
    assert refused.status_code == 422

    back = await panel.script.http.get(
        f"/widget/signed-in?code=hers&{asked}=//evil.example", headers={"Host": "evil.example"}
    )
    assert "location" not in back.headers
    assert "evil.example" not in back.text


async def test_what_is_offered_is_published_by_name_alone(
    house: House, acme: Acme, door: NewClient, offered: UUID, owner_db: Connection
) -> None:
    config = await door().get(f"/widget/v1/config?workspace={acme.id}")

    assert config.json()["sign_ins"] == [{"id": str(offered), "name": "Acme ID"}]
    kept = await owner_db.fetchval("SELECT client_secret FROM sign_in_provider")
    assert kept is not None
    assert SECRET.encode() not in kept


async def test_the_proof_ends_with_the_providers_token_and_never_later_than_any(
    panel: Panel, provider: Provider, clock: Clock
) -> None:
    provider.claims["exp"] = int(clock().timestamp()) + 30
    await through(panel, provider)

    clock.forward(seconds=29)
    assert (await panel.script.state()).status_code == 200
    clock.forward(seconds=1)
    over = await panel.script.state()
    assert (over.status_code, over.json()["code"]) == (401, "proof_over")


async def test_the_same_person_again_renews_and_another_one_needs_an_end_first(
    panel: Panel, provider: Provider
) -> None:
    await through(panel, provider)
    again = Panel.of(panel.script, panel.provider)
    assert (await through(again, provider)).status_code == 200

    provider.person = BOB
    refused = await through(Panel.of(panel.script, panel.provider), provider)
    assert (refused.status_code, refused.json()["code"]) == (409, "identity_changed")


@pytest.mark.attack("A-46", without=proving.one_identity_for_each_subject)
@pytest.mark.parametrize("verified", [False, None, "true", 1])
async def test_an_address_that_the_provider_did_not_check_is_nobodys(
    panel: Panel, provider: Provider, acme: Acme, door: NewClient, owner_db: Connection, verified: object
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    await ada.start("for the site's Ada alone")
    provider.person, provider.claims = MALLORY, {"email": ADA.email, "email_verified": verified}

    assert (await through(panel, provider)).status_code == 201

    assert await panel.script.listed() == []
    row = await owner_db.fetchrow("SELECT email_verified FROM contact_identity WHERE provider LIKE 'oidc:%'")
    assert row is not None
    assert row["email_verified"] is False


@pytest.mark.attack("A-46", without=proving.one_identity_for_each_subject)
async def test_not_even_a_checked_address_makes_two_identities_one(
    panel: Panel, provider: Provider, acme: Acme, door: NewClient
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    await ada.start("for the site's Ada alone")

    await through(panel, provider)

    assert await panel.script.listed() == []


@pytest.mark.attack("A-47", without=identities.the_one_document_of_a_sign_in)
@pytest.mark.parametrize("adas_stands_in", ["the token", "the other document"])
async def test_an_address_and_whether_it_was_checked_come_from_one_document(
    panel: Panel, provider: Provider, acme: Acme, door: NewClient, adas_stands_in: str
) -> None:
    ada = Script(door(), acme)
    await ada.open(ADA)
    await ada.start("for the site's Ada alone")
    provider.person = MALLORY
    adas = {"email": ADA.email, "email_verified": False}
    checked = {"email": MALLORY.email, "email_verified": True}
    documents = (adas, checked) if adas_stands_in == "the token" else (checked, adas)
    provider.claims, provider.userinfo = documents[0], {"sub": ADA.subject, **documents[1]}

    assert (await through(panel, provider)).status_code == 201

    assert await panel.script.listed() == []
    assert "/userinfo" not in provider.asked, "what counts is what one token says"


@pytest.mark.attack("A-49")
@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"nonce": "another sign-in's"}, "sign_in_nonce"),
        ({"nonce": None}, "sign_in_nonce"),
        ({"iss": "https://evil.example"}, "sign_in_issuer"),
        ({"iss": ""}, "sign_in_issuer"),
        ({"aud": "another client"}, "sign_in_audience"),
        ({"aud": [CLIENT, "another client"], "azp": CLIENT}, "sign_in_audience"),
        ({"aud": None}, "sign_in_audience"),
        ({"azp": "another client"}, "sign_in_audience"),
        ({"sub": None}, "sign_in_shape"),
        ({"sub": ""}, "sign_in_shape"),
        ({"sub": 7}, "sign_in_shape"),
        ({"exp": 1}, "sign_in_times"),
        ({"exp": None}, "sign_in_times"),
        ({"exp": "9999999999"}, "sign_in_times"),
        ({"iat": 9999999999, "exp": 9999999999}, "sign_in_times"),
        ({"iat": None}, "sign_in_times"),
    ],
)
async def test_a_token_for_anything_but_this_sign_in_proves_nobody(
    panel: Panel, provider: Provider, owner_db: Connection, claims: dict[str, Any], fault: str
) -> None:
    provider.claims = claims
    if claims.get("iss") == "":
        provider.claims = {"iss": f"{provider.issuer}/"}

    refused = await through(panel, provider)

    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_sign_in")
    assert await faults(owner_db) == [fault]


def none(_: Provider, claims: dict[str, Any]) -> str:
    head = jwt.encode({"alg": "HS256", "kid": "the provider's"}, claims, OctKey.generate_key(256))
    return "eyJhbGciOiJub25lIn0." + head.split(".")[1] + "."


def by_the_clients_secret(_: Provider, claims: dict[str, Any]) -> str:
    key = OctKey.import_key(SECRET)
    return jwt.encode({"alg": "HS256", "kid": "the provider's"}, claims, key)


def by_the_public_key(provider: Provider, claims: dict[str, Any]) -> str:
    key = OctKey.import_key(provider.key.as_pem(private=False).replace(b"-----", b"....."))
    return jwt.encode({"alg": "HS256", "kid": "the provider's"}, claims, key)


def by_pss(provider: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "PS256", "kid": "the provider's"}, claims, provider.key, algorithms=["PS256"])


def by_another(_: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "the provider's"}, claims, RSAKey.generate_key(2048))


def by_an_unknown(_: Provider, claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "mallory's"}, claims, RSAKey.generate_key(2048))


@pytest.mark.attack("A-31", "A-32", "A-49")
@pytest.mark.parametrize(
    ("signs", "fault"),
    [
        (none, "sign_in_algorithm"),
        (by_the_clients_secret, "sign_in_algorithm"),
        (by_the_public_key, "sign_in_algorithm"),
        (by_pss, "sign_in_algorithm"),
        (by_another, "sign_in_signature"),
        (by_an_unknown, "sign_in_key"),
        (lambda *_: "no token", "sign_in_shape"),
    ],
)
async def test_only_the_providers_own_key_and_algorithm_prove(
    panel: Panel, provider: Provider, owner_db: Connection, signs: Any, fault: str
) -> None:
    provider.signs = lambda claims: signs(provider, claims)

    assert (await through(panel, provider)).status_code == 401

    assert await faults(owner_db) == [fault]


@pytest.mark.attack("A-49")
async def test_a_code_is_redeemed_once(panel: Panel, provider: Provider, acme: Acme, door: NewClient) -> None:
    lead = panel.script.secret
    back = provider.signs_in(await panel.address())
    first = await panel.redeem(back)
    assert first.status_code == 201
    provider.codes[back["code"]] = {"would": "be taken again"}

    panel.script.secret = lead
    refused = await panel.redeem(back)

    assert refused.status_code == 401
    assert list(provider.asked).count("/token") == 1


@pytest.mark.attack("A-48", "A-49")
async def test_mallorys_answer_in_adas_panel_proves_nobody(
    panel: Panel, provider: Provider, acme: Acme, door: NewClient, offered: UUID
) -> None:
    mallory = Panel.of(Script(door(), acme), offered)
    await mallory.script.open()
    provider.person = MALLORY
    back = provider.signs_in(await mallory.address())
    await panel.address()

    assert (await panel.redeem(back)).status_code == 401, "Ada's own verifier does not fit Mallory's code"
    refused = await panel.redeem(back, verifier=mallory.verifier, nonce=mallory.nonce)
    assert refused.status_code == 401, "this session did not begin it"


@pytest.mark.attack("A-49")
async def test_a_code_that_was_seen_elsewhere_is_worth_nothing_without_the_verifier(
    panel: Panel, provider: Provider, acme: Acme, door: NewClient, offered: UUID
) -> None:
    back = provider.signs_in(await panel.address())
    mallory = Panel.of(Script(door(), acme), offered)
    await mallory.script.open()
    await mallory.address()

    assert (await mallory.redeem(back)).status_code == 401
    assert (await panel.redeem(back)).status_code == 401, "the provider burned it"


@pytest.mark.attack("A-49")
async def test_an_answer_of_another_issuer_is_not_taken_for_this_ones(
    house: House, acme: Acme, panel: Panel, provider: Provider, owner_db: Connection
) -> None:
    provider.names_itself = "https://evil.example"
    assert (await through(panel, provider)).status_code == 401
    assert "/token" not in provider.asked, "the code was given to nobody"

    provider.metadata["authorization_response_iss_parameter_supported"] = True
    await sign_ins.remove(house, acme.id, panel.provider)
    panel.provider = await sign_ins.add(house, acme.id, "Acme ID", provider.issuer, CLIENT, SECRET)
    provider.names_itself = None
    assert (await through(Panel.of(panel.script, panel.provider), provider)).status_code == 401
    provider.names_itself = provider.issuer
    assert (await through(Panel.of(panel.script, panel.provider), provider)).status_code == 201
    assert await faults(owner_db) == ["sign_in_issuer", "sign_in_issuer"]


async def test_every_refusal_has_the_same_bytes(panel: Panel, provider: Provider, clock: Clock) -> None:
    answers = []
    for claims in ({"nonce": "x"}, {"aud": "x"}, {"sub": None}, {"exp": 1}):
        provider.claims = claims
        answers.append(await through(Panel.of(panel.script, panel.provider), provider))
    answers.append(await panel.redeem({"code": "made up"}))
    provider.is_down = True
    answers.append(await through(Panel.of(panel.script, panel.provider), provider))

    assert {answer.content for answer in answers} == {answers[0].content}
    assert {tuple(answer.headers.items()) for answer in answers} == {tuple(answers[0].headers.items())}


async def test_a_sign_in_waits_ten_minutes_for_its_answer(
    panel: Panel, provider: Provider, clock: Clock
) -> None:
    back = provider.signs_in(await panel.address())
    clock.forward(minutes=10)

    assert (await panel.redeem(back)).status_code == 401


async def test_a_key_that_is_new_at_the_provider_is_found(
    panel: Panel, provider: Provider, clock: Clock
) -> None:
    clock.forward(minutes=2)
    provider.key = RSAKey.generate_key(2048, {"kid": "newer"})

    assert (await through(panel, provider)).status_code == 201


async def test_a_provider_that_is_away_is_said_so_calmly_and_the_team_learns_why(
    house: House, acme: Acme, panel: Panel, provider: Provider, clock: Clock
) -> None:
    back = provider.signs_in(await panel.address())
    provider.is_down = True
    assert (await panel.redeem(back)).json()["code"] == "invalid_sign_in"
    [line] = await sign_ins.lines(house, acme.id)
    assert line.fault is not None
    assert "error" in line.fault or "JSON" in line.fault

    clock.forward(days=2)
    script = Script(panel.script.http, acme)
    await script.open()
    refused = await Panel.of(script, panel.provider).start()
    assert (refused.status_code, refused.json()["code"]) == (503, "not_ready")


async def test_a_client_that_the_provider_does_not_know_is_the_operators_to_mend(
    house: House, acme: Acme, panel: Panel, provider: Provider, owner_db: Connection
) -> None:
    await sign_ins.remove(house, acme.id, panel.provider)
    panel.provider = await sign_ins.add(house, acme.id, "Acme ID", provider.issuer, CLIENT, "not the secret")

    assert (await through(panel, provider)).status_code == 401

    assert await faults(owner_db) == ["sign_in_client"]
    [line] = await sign_ins.lines(house, acme.id)
    assert line.fault == "It does not take the client's id and secret."


async def test_an_address_that_could_not_be_stored_is_left_out_and_locks_nobody_out(
    panel: Panel, provider: Provider, owner_db: Connection
) -> None:
    provider.claims["email"] = "ada\x00@example.com"
    assert (await through(panel, provider)).status_code == 201
    assert await owner_db.fetchval("SELECT email FROM contact_identity") is None


async def test_who_signed_in_there_is_out_when_the_provider_is_removed(
    house: House, acme: Acme, panel: Panel, provider: Provider
) -> None:
    await through(panel, provider)

    assert await sign_ins.remove(house, acme.id, panel.provider) == 1

    assert (await panel.script.state()).status_code == 401
    with pytest.raises(NoSuchProviderError):
        await sign_ins.remove(house, acme.id, panel.provider)


@pytest.mark.attack("A-28")
async def test_a_removal_that_was_cut_off_is_done_whole_when_it_is_asked_again(
    house: House, acme: Acme, panel: Panel, provider: Provider, owner_db: Connection
) -> None:
    await through(panel, provider)
    await cut_off_before_sessions_end(sign_ins.remove(house, acme.id, panel.provider), owner_db)
    assert await sign_ins.lines(house, acme.id) == [], "its first step stands"
    assert (await panel.script.state()).status_code == 200, "and Ada is still in"

    assert await sign_ins.remove(house, acme.id, panel.provider) == 1

    assert (await panel.script.state()).status_code == 401


async def test_who_asks_again_for_a_removal_ends_nobody_who_signed_in_where_it_was_added_anew(
    house: House, acme: Acme, panel: Panel, provider: Provider
) -> None:
    earlier = panel.provider
    await sign_ins.remove(house, acme.id, earlier)
    panel.provider = await sign_ins.add(house, acme.id, "Acme ID", provider.issuer, CLIENT, SECRET)
    await through(panel, provider)

    with pytest.raises(NoSuchProviderError):
        await sign_ins.remove(house, acme.id, earlier)
    assert (await panel.script.state()).status_code == 200


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        ({"issuer": "https://evil.example"}, "another issuer"),
        ({"token_endpoint": None}, "token_endpoint"),
        ({"token_endpoint": "http://login.example/token"}, "no https address"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "no https address"),
        ({"jwks_uri": "https://169.254.169.254/jwks"}, "private network"),
        ({"response_types_supported": ["id_token"]}, "by code"),
        ({"code_challenge_methods_supported": ["plain"]}, "S256"),
        ({"id_token_signing_alg_values_supported": ["none", "HS256"]}, "no algorithm"),
    ],
)
async def test_a_provider_that_is_half_set_up_is_not_taken(
    house: House, acme: Acme, provider: Provider, metadata: dict[str, Any], told: str
) -> None:
    provider.metadata = metadata

    with pytest.raises(SignInRefusedError, match=told):
        await sign_ins.add(house, acme.id, "Acme ID", provider.issuer, CLIENT, SECRET)
    assert await sign_ins.lines(house, acme.id) == []


async def test_what_is_no_random_word_begins_nothing(panel: Panel) -> None:
    for wrong in (
        {"state": "short"},
        {"nonce": ""},
        {"code_challenge": "plain"},
        {"code_challenge_method": "plain"},
    ):
        assert (await panel.start(**wrong)).status_code in (400, 422), wrong
    assert (await panel.start(provider=str(uuid4()))).status_code == 503
