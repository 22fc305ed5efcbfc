"""Another product's hash: HMAC-SHA256 of one identifier, under that product's own secret. It has no end of its own.

What it was made of is the whole of what it proves: this product's, this kind of identifier, letter for letter. So the
hash of an e-mail address is never that of a user id, and no two spellings are one person.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal, get_args
from uuid import UUID

from privity.proofs.attributes import printable
from privity.web.wire import LegacyProduct as Product

Kind = Literal["user_id", "email"]
HashFault = Literal["legacy_identifier", "legacy_off", "legacy_shape", "legacy_hash", "legacy_spent"]

IDENTIFIER_CHARACTERS = 255
PRODUCTS: tuple[Product, ...] = get_args(Product)
PRODUCT_NAMES: Mapping[Product, str] = {
    "customerly": "Customerly",
    "intercom": "Intercom",
    "chatwoot": "Chatwoot",
    "helpscout": "Help Scout",
    "crisp": "Crisp",
}
MADE_OF: Mapping[Product, tuple[Kind, ...]] = {
    "customerly": ("email",),
    "intercom": ("user_id", "email"),
    "chatwoot": ("user_id",),
    "helpscout": ("email",),
    "crisp": ("email",),
}
"""What each product makes its hash of: the first of these that the page gives."""

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Switch:
    """What makes one product's hashes prove somebody in a workspace: its secret, from when on, and until when."""

    id: UUID
    secret: bytes
    on_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What the page gave the other product: its hash, and the identifiers beside it."""

    product: Product
    hash: str
    user_id: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a hash is of: one identifier of one kind, at one product."""

    product: Product
    kind: Kind
    identifier: str

    @property
    def subject(self) -> str:
        return f"{self.product}:{self.kind}:{self.identifier}"


def judge(told: Told, switch: Switch | None) -> Named | HashFault:
    """Whom the hash proves, or its fault. The switch is the product's, and on."""
    named = named_by(told)
    if named is None:
        return "legacy_identifier"
    if switch is None:
        return "legacy_off"
    if not _HASH.fullmatch(told.hash):
        return "legacy_shape"
    return named if hmac.compare_digest(made(switch.secret, named.identifier), told.hash) else "legacy_hash"


def named_by(told: Told) -> Named | None:
    """The one identifier that the hash must be of. What stands beside it is not covered by it, and proves nothing."""
    for kind in MADE_OF[told.product]:
        identifier = told.user_id if kind == "user_id" else told.email
        if identifier is not None:
            as_hashed = _as_hashed(told.product, identifier)
            return Named(told.product, kind, as_hashed) if _can_be(kind, as_hashed) else None
    return None


def made(secret: bytes, identifier: str) -> str:
    """The hash that the product itself would make."""
    return hmac.digest(secret, identifier.encode(), sha256).hex()


def names(kind: Kind, identifier: str) -> list[str]:
    """The subjects under which old hashes may know somebody with this identifier."""
    return [Named(product, kind, identifier).subject for product in PRODUCTS if kind in MADE_OF[product]]


def _as_hashed(product: Product, identifier: str) -> str:
    """Customerly lowers an address before it hashes it. What the others hash is taken as it is: to fold it after its
    proof would make two people one. Nothing but ASCII is lowered, since some letters have a look-alike below."""
    return identifier.lower() if product == "customerly" and identifier.isascii() else identifier


def _can_be(kind: Kind, identifier: str) -> bool:
    return printable(identifier, IDENTIFIER_CHARACTERS) and (kind == "user_id" or identifier.isascii())
