"""`sdk/vectors.json`: tokens for fixed users, keys and one instant, to which every way to sign is held."""

import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from joserfc import jws
from joserfc.jwk import OctKey

from privity_client import SigningKey
from privity_client.identity import Registry
from privity_client.keys import Algorithm, Material, parsed

SAID = json.loads((Path(__file__).parents[2] / "sdk" / "vectors.json").read_text("utf-8"))
WORKSPACE: str = SAID["workspace"]
SIGNED_AT = datetime.fromtimestamp(SAID["signed_at"], UTC)


@dataclass(frozen=True)
class Vector:
    """One token, with what was told of its user and the key that signed it."""

    key: SigningKey
    public: str | None
    user: dict[str, Any]
    jti: str
    exact: bool
    token: str

    @property
    def alg(self) -> Algorithm:
        return self.key.alg

    @property
    def claims(self) -> dict[str, Any]:
        return claims_in(self.token)

    def verifies(self, token: str) -> bool:
        """Whether the key's public half, or its secret, is what this token was signed with."""
        registry = Registry(algorithms=[self.alg])
        payload = jws.deserialize_compact(token, self.verifier(), registry=registry).payload
        return bool(payload)

    def verifier(self) -> Material:
        if self.public is None:
            return OctKey.import_key(self.key.secret.encode())
        return parsed(self.public, self.alg)

    def __str__(self) -> str:
        return f"{self.alg} for {self.user['subject']}"


def all_vectors() -> list[Vector]:
    keys = {key["kid"]: key for key in SAID["keys"]}
    return [vector(each, keys[each["kid"]]) for each in SAID["tokens"]]


def vector(said: dict[str, Any], key: dict[str, str]) -> Vector:
    signing_key = SigningKey(key["kid"], key["secret"], cast("Algorithm", key["alg"]))
    return Vector(signing_key, key.get("public"), said["user"], said["jti"], said["exact"], said["token"])


def claims_in(token: str) -> dict[str, Any]:
    """What a token says, whoever signed it."""
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(token.split(".")[1] + "=="))
    return claims


VECTORS = all_vectors()
