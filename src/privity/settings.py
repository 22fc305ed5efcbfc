"""What the person who runs Privity can set, from the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from privity.refused import RefusedError
from privity.secret import SecretText

HTTPS = 443


class SettingsError(RefusedError):
    """A setting cannot be used. The message names it and says what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`base_url` is the chat's own origin, as browsers see it. `local_fetch` are the only hosts, each with its port,
    from which the server fetches although they are of its own network."""

    data: Path
    base_url: str
    host: str = "127.0.0.1"
    port: int = 8080
    database_url: SecretText | None = None
    smtp_url: SecretText | None = None
    trusted_proxies: frozenset[str] = frozenset()
    local_fetch: frozenset[str] = frozenset()

    @property
    def origin(self) -> str:
        return self.base_url

    @classmethod
    def of(cls, environ: Mapping[str, str] = os.environ, **overrides: str | int | Path | None) -> "Settings":
        """From PRIVITY_DATA, PRIVITY_HOST, PRIVITY_PORT, PRIVITY_BASE_URL, PRIVITY_TRUSTED_PROXIES, PRIVITY_SMTP_URL,
        PRIVITY_ALLOW_LOCAL_FETCH and DATABASE_URL; the command line's options win."""
        given = {name: str(value) for name, value in overrides.items() if value is not None}
        host = given.get("host") or environ.get("PRIVITY_HOST") or "127.0.0.1"
        port = _port(given.get("port") or environ.get("PRIVITY_PORT") or "8080")
        return cls(
            data=Path(given.get("data") or environ.get("PRIVITY_DATA") or "privity-data"),
            base_url=_origin(
                given.get("base_url") or environ.get("PRIVITY_BASE_URL") or f"http://{host}:{port}"
            ),
            host=host,
            port=port,
            database_url=_database(environ.get("DATABASE_URL")),
            smtp_url=_secret(environ.get("PRIVITY_SMTP_URL")),
            trusted_proxies=frozenset(environ.get("PRIVITY_TRUSTED_PROXIES", "").split()),
            local_fetch=frozenset(map(_host, environ.get("PRIVITY_ALLOW_LOCAL_FETCH", "").split())),
        )


def _secret(text: str | None) -> SecretText | None:
    """An address with a password in it."""
    return SecretText(text) if text else None


def _database(text: str | None) -> SecretText | None:
    """It may name several hosts, each with its port; the first that answers is taken."""
    try:
        parts = urlsplit(text or "postgresql:")
        ports = [urlsplit(f"//{host}").port for host in parts.netloc.rpartition("@")[2].split(",")]
        sound = parts.scheme in ("postgresql", "postgres") and 0 not in ports
    except ValueError:
        sound = False
    if not sound:
        raise SettingsError("DATABASE_URL must look like postgresql://name:password@host:5432/database.")
    return _secret(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"PRIVITY_PORT must be a port number from 1 to 65535, not {text!r}.")
    return int(text)


def _host(text: str) -> str:
    """With its port, where 443 may be left out."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port or HTTPS
    except ValueError:
        host, port = None, HTTPS
    if not host or re.search("[/@?#]", text):
        raise SettingsError(
            f"PRIVITY_ALLOW_LOCAL_FETCH must name hosts such as login.example.com:8443, not {text!r}."
        )
    return f"{host}:{port}"


def _origin(text: str) -> str:
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
        raise SettingsError(f"PRIVITY_BASE_URL must look like https://chat.example.com, not {text!r}.")
    return f"{parts.scheme}://{parts.netloc}".lower()
