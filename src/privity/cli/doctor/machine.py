"""What the doctor finds on the machine: files, the front-end, addresses, and the way out for letters."""

import stat
from collections.abc import Iterator
from pathlib import Path

from privity.cli.doctor.finding import Finding
from privity.mail.smtp import AddressError, Server, UnreachableError
from privity.settings import Settings
from privity.web.built import NotBuiltError
from privity.web.static_files import FrontEnd
from privity.workspaces.sites import is_private


def of_the_machine(settings: Settings) -> Iterator[Finding]:
    yield _closed(settings.data, "data folder")
    yield _closed(settings.data / "installation.key", "installation's secret")
    yield _front_end()
    yield _base_url(settings.base_url)
    if settings.local_fetch:
        yield _local_fetches(settings)


def _closed(path: Path, about: str) -> Finding:
    """What other accounts of the machine may open is theirs as well."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as failure:
        return Finding(
            about, "ill", f"{path} cannot be seen: {failure.strerror}.", "Name the folder with --data."
        )
    if mode & 0o077:
        return Finding(
            about, "ill", f"Other accounts may open {path} (mode {mode:o}).", f"Run: chmod go= {path}"
        )
    return Finding(about, "well", f"{path}, for this account alone.")


def _front_end() -> Finding:
    try:
        built = FrontEnd.load()
    except NotBuiltError as missing:
        return Finding("front-end", "ill", "It is not built.", str(missing))
    return Finding("front-end", "well", f"Built: {len(built.files)} files.")


def _base_url(base_url: str) -> Finding:
    if is_private(base_url):
        return Finding("base URL", "well", base_url)
    return Finding(
        "base URL",
        "ill",
        f"{base_url} is not encrypted: whoever carries it can read along.",
        "Put a proxy with a certificate before Privity, and set PRIVITY_BASE_URL to its https address.",
    )


def _local_fetches(settings: Settings) -> Finding:
    """Whoever may name an address for a workspace reaches these through the server."""
    return Finding(
        "own network",
        "look",
        f"The server may fetch from {', '.join(sorted(settings.local_fetch))}, wherever in its own network that is.",
        "Are they the hosts that you mean? Else take them out of PRIVITY_ALLOW_LOCAL_FETCH.",
    )


async def of_the_post(settings: Settings) -> Finding:
    """No letter is sent to find out: the mail server is greeted, and left."""
    if settings.smtp_url is None:
        return Finding(
            "mail",
            "look",
            "No mail server is named, so no code can be sent to prove a mailbox.",
            "Does every visitor sign in on the site? Then nothing is missing. Else set PRIVITY_SMTP_URL.",
        )
    try:
        server = Server.parse(settings.smtp_url.reveal())
        await server.greet()
    except AddressError as unusable:
        return Finding("mail", "ill", str(unusable))
    except UnreachableError as failure:
        mend = "See that PRIVITY_SMTP_URL names the right server, port, name and password."
        return Finding("mail", "ill", str(failure), mend)
    return Finding("mail", "well", f"{server.host} takes letters from {server.sender}.")
