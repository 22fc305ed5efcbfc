"""What an OpenID Connect provider says of itself (Discovery 1.0), as far as a sign-in needs it and can trust it."""

from dataclasses import dataclass
from typing import Any, Literal

from authlib.oidc.discovery import get_well_known_url

from privity.house import House
from privity.vouching.key_set import KeySetError, key_set
from privity.vouching.public_keys import PublicAlgorithm, PublicKey, RsaAlgorithm

ALGORITHMS: tuple[PublicAlgorithm, ...] = ("RS256", "PS256", "ES256", "EdDSA")
ClientAuthMethod = Literal["client_secret_basic", "client_secret_post", "none"]


class DiscoveryError(Exception):
    """It cannot be used for a sign-in. The message is a sentence for the team."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """`algorithms`: what its identity tokens may be signed with. `names_issuer`: it says who answers (RFC 9207)."""

    authorization_endpoint: str
    token_endpoint: str
    algorithms: tuple[PublicAlgorithm, ...]
    auth_methods: tuple[ClientAuthMethod, ...]
    names_issuer: bool
    keys: tuple[PublicKey, ...]


async def discover(house: House, issuer: str) -> Discovery:
    """Asked of the issuer itself; DiscoveryError, KeySetError or FetchError where it is not fit."""
    told = (await house.outward.get(get_well_known_url(issuer, external=True))).json()
    if not isinstance(told, dict):
        raise DiscoveryError("What it says of itself is not of the form of OpenID Connect.")
    if told.get("issuer") != issuer:
        raise DiscoveryError("It calls itself by another issuer. Give that one, letter by letter.")
    if "code" not in _words(told, "response_types_supported", "code"):
        raise DiscoveryError("It offers no sign-in by code.")
    if "S256" not in _words(told, "code_challenge_methods_supported", "S256"):
        raise DiscoveryError("It does not know PKCE with S256.")
    algorithms = _algorithms(told)
    jwks = await house.outward.get(_endpoint(house, told, "jwks_uri"))
    keys = key_set(jwks.json(), _rsa(algorithms)).keys
    if not keys:
        raise KeySetError("It publishes no key that could be trusted.")
    return Discovery(
        authorization_endpoint=_endpoint(house, told, "authorization_endpoint"),
        token_endpoint=_endpoint(house, told, "token_endpoint"),
        algorithms=algorithms,
        auth_methods=_auth_methods(told),
        names_issuer=told.get("authorization_response_iss_parameter_supported") is True,
        keys=keys,
    )


def _endpoint(house: House, told: dict[str, Any], name: str) -> str:
    address = told.get(name)
    if not isinstance(address, str):
        raise DiscoveryError(f"It does not say its {name}.")
    house.outward.check(address)
    return address


def _algorithms(told: dict[str, Any]) -> tuple[PublicAlgorithm, ...]:
    """No more than it says, and never one whose secret both sides know."""
    said = _words(told, "id_token_signing_alg_values_supported", "RS256")
    known = tuple(alg for alg in ALGORITHMS if alg in said or (alg == "EdDSA" and "Ed25519" in said))
    if not known:
        raise DiscoveryError("It signs with no algorithm that is known here.")
    return known


def _rsa(algorithms: tuple[PublicAlgorithm, ...]) -> RsaAlgorithm:
    return "RS256" if "RS256" in algorithms else "PS256"


def _auth_methods(told: dict[str, Any]) -> tuple[ClientAuthMethod, ...]:
    said = _words(told, "token_endpoint_auth_methods_supported", "client_secret_basic")
    known: tuple[ClientAuthMethod, ...] = ("client_secret_basic", "client_secret_post", "none")
    return tuple(method for method in known if method in said)


def _words(told: dict[str, Any], name: str, default: str) -> list[Any]:
    said = told.get(name, [default])
    return said if isinstance(said, list) else []
