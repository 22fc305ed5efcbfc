import hmac
import json
import os
import time
import uuid
from base64 import urlsafe_b64encode
from typing import Any


def identity_token(user: dict[str, Any], now: int | None = None, jti: str | None = None) -> str:
    """A token that says: this user of ours is on the page, now. The user's `id` is text."""
    issued = int(time.time()) if now is None else now
    header = {"typ": "JWT", "alg": "HS256", "kid": os.environ["PRIVITY_KID"]}
    claims = {
        "aud": os.environ["PRIVITY_WORKSPACE"],
        "sub": user["id"],
        "iat": issued,
        "exp": issued + 600,
        "jti": jti or str(uuid.uuid4()),
        "email": user["email"],
        "email_verified": user["email_verified"],
        "name": user["name"],
    }
    signed = f"{part(header)}.{part(claims)}"
    secret = os.environ["PRIVITY_SIGNING_SECRET"].encode()
    return f"{signed}.{base64url(hmac.digest(secret, signed.encode(), 'sha256'))}"


def part(content: dict[str, Any]) -> str:
    return base64url(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode())


def base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
