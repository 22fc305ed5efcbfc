"""A site that still speaks to another product: its secrets, and the hashes that it makes with them."""

import hmac
from hashlib import sha256

from privity.proofs.hashes import PRODUCTS
from privity.web.wire import LegacyProduct

SECRETS: dict[LegacyProduct, str] = {product: f"{product}-Qm7Zr2Vx9Kp4Lt6Wd1Nb8" for product in PRODUCTS}


def hashed(product: LegacyProduct, identifier: str) -> str:
    return under(SECRETS[product], identifier)


def under(secret: str, identifier: str) -> str:
    return hmac.new(secret.encode(), identifier.encode(), sha256).hexdigest()
