"""Signing in at an OpenID Connect provider: begun by a session, and redeemed once by that same session.

The code goes to the provider from here, with the verifier that the panel kept, so that a code which was seen elsewhere
is worth nothing. Whatever was wrong, the person is answered alike; the team can read why.
"""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from msgspec import UNSET

from privity.house import House
from privity.outward.fault import FetchError
from privity.policy.facts import Assurance
from privity.proofs.id_token import SignedIn, SignIn, SignInFault, signed_in
from privity.proofs.model import Caller, Proved
from privity.proofs.store import SQL
from privity.proofs.verifying import Workspace
from privity.vouching import sign_ins
from privity.vouching.sign_ins import Provider
from privity.web import limits, wire
from privity.web.problems import Problem

START_LIVES = timedelta(minutes=10)
SCOPE = "openid email profile"
OK = 200
OF_THE_CLIENT = ("invalid_client", "unauthorized_client")


class NotSignedIn(Exception):
    """Why, in a word for the team."""

    def __init__(self, fault: SignInFault) -> None:
        super().__init__(fault)
        self.fault = fault


async def start(house: House, caller: Caller, ask: wire.StartSignIn) -> wire.SignInStart:
    """One living sign-in a session; where it leads. The panel keeps what only it may know."""
    workspace, session, now = caller.viewer.workspace, caller.viewer.session, house.clock()
    house.limiter.take(limits.SIGN_IN_STARTS, "sign-in starts", str(session))
    provider = await sign_ins.provider_of(house, workspace, ask.provider)
    if provider is None or provider.discovery is None:
        raise Problem(503, "not_ready", "Signing in doesn't work just now. You can still write to us.")
    async with house.pools.gate.within(workspace) as db:
        await db.execute(
            SQL["new_start"],
            workspace,
            session,
            provider.id,
            _hash(ask.nonce),
            ask.code_challenge,
            now,
            now + START_LIVES,
        )
    return wire.SignInStart(
        authorization_url=prepare_grant_uri(
            provider.discovery.authorization_endpoint,
            client_id=provider.client_id,
            response_type="code",
            redirect_uri=sign_ins.redirect_uri(house),
            scope=SCOPE,
            state=ask.state,
            nonce=ask.nonce,
            code_challenge=ask.code_challenge,
            code_challenge_method="S256",
        )
    )


async def redeem_sign_in(
    house: House, workspace: Workspace, session: UUID, told: wire.SignInProof, network: str
) -> Proved:
    """What the sign-in that this session began proves, or 401: alike, whatever was wrong."""
    house.limiter.check(limits.REFUSED_TOKENS, "tokens", network)
    try:
        return await _redeemed(house, workspace, session, told)
    except NotSignedIn as refused:
        fault = refused.fault
    async with house.pools.gate.within(workspace.id) as db:
        await db.execute(
            SQL["refuse_proof"], workspace.id, house.chance.id(), session, fault, None, house.clock()
        )
    house.ledger.refused(workspace.id, session, fault)
    house.limiter.take(limits.REFUSED_TOKENS, "tokens", network)
    raise Problem(401, "invalid_sign_in", "We couldn't confirm your sign-in. Please try again.")


async def _redeemed(house: House, workspace: Workspace, session: UUID, told: wire.SignInProof) -> Proved:
    provider = await sign_ins.provider_of(house, workspace.id, told.provider)
    if provider is None or provider.discovery is None:
        raise NotSignedIn("sign_in_unreachable")
    await _use_start(house, workspace.id, session, told)
    # Whose answer this is: a provider that can say so must, and then it must be the one that was asked (RFC 9207).
    may_be_silent = () if provider.discovery.names_issuer else (UNSET,)
    if told.iss not in (provider.issuer, *may_be_silent):
        raise NotSignedIn("sign_in_issuer")
    token = await _exchanged(house, workspace.id, provider, provider.discovery.token_endpoint, told)
    judged = signed_in(token, _sign_in(house, workspace, provider, told))
    if judged == "sign_in_key":
        newer = await sign_ins.looked_at_again(house, workspace.id, provider.id)
        judged = signed_in(token, _sign_in(house, workspace, newer or provider, told))
    if not isinstance(judged, SignedIn):
        raise NotSignedIn(judged)
    await sign_ins.note_fault(house, workspace.id, provider.id, None)
    return _proved(judged, provider)


async def _use_start(house: House, workspace: UUID, session: UUID, told: wire.SignInProof) -> None:
    """Before anything is asked of the provider: of several who bring the same, even at once, the first."""
    challenge = _challenge(told.verifier)
    async with house.pools.gate.within(workspace) as db:
        used = await db.fetchval(
            SQL["use_start"],
            workspace,
            session,
            told.provider,
            _hash(told.nonce),
            challenge,
            house.clock(),
        )
    if not used:
        raise NotSignedIn("sign_in_start")


async def _exchanged(
    house: House, workspace: UUID, provider: Provider, token_endpoint: str, told: wire.SignInProof
) -> str:
    """The identity token that the provider gives for the code. What else it gives is not kept."""
    form = prepare_token_request(
        "authorization_code",
        code=told.code,
        redirect_uri=sign_ins.redirect_uri(house),
        code_verifier=told.verifier,
    )
    client = ClientAuth(provider.client_id, provider.client_secret, provider.auth_method)
    url, headers, body = client.prepare("POST", token_endpoint, {}, form)  # type: ignore[no-untyped-call]
    try:
        answer = await house.outward.post(url, body, headers)
        said = answer.json()
    except FetchError as failure:
        await sign_ins.note_fault(house, workspace, provider.id, f"Its token endpoint: {failure}")
        raise NotSignedIn("sign_in_unreachable") from None
    told_back = said if isinstance(said, dict) else {}
    if told_back.get("error") in OF_THE_CLIENT:
        await sign_ins.note_fault(
            house, workspace, provider.id, "It does not take the client's id and secret."
        )
        raise NotSignedIn("sign_in_client")
    token = told_back.get("id_token")
    if answer.status != OK or not isinstance(token, str):
        raise NotSignedIn("sign_in_code")
    return token


def _sign_in(house: House, workspace: Workspace, provider: Provider, told: wire.SignInProof) -> SignIn:
    return SignIn(provider, told.nonce, workspace.rules.proof_max_age, house.clock())


def _proved(who: SignedIn, provider: Provider) -> Proved:
    """The provider vouches, for as long as its token lasts, and no longer than the workspace takes any."""
    return Proved(
        kind="oidc",
        provider=sign_ins.provider_word(provider.issuer),
        subject=who.subject,
        assurance=Assurance.SIGNED,
        name=who.name,
        email=who.email,
        email_verified=who.email_verified,
        key=None,
        proved_with=provider.name,
        digest=who.digest,
        issued_at=who.issued_at,
        expires_at=who.expires_at,
    )


def _challenge(verifier: str) -> str:
    challenge: str = create_s256_code_challenge(verifier)  # type: ignore[no-untyped-call]
    return challenge


def _hash(nonce: str) -> bytes:
    return sha256(nonce.encode()).digest()
