"""What the doctor finds in each workspace: whether people can prove who they are, and where the chat stands."""

from collections.abc import AsyncIterator
from datetime import timedelta

from privity.audit.reading import waits_since
from privity.cli.doctor.finding import Finding
from privity.house import House
from privity.vouching import sign_ins
from privity.vouching import store as vouching
from privity.workspaces import store
from privity.workspaces.sites import is_private

SEALED_WITHIN = timedelta(minutes=10)


async def of_the_workspaces(house: House) -> AsyncIterator[Finding]:
    known = await store.workspaces(house)
    if not known:
        yield Finding(
            "workspace",
            "look",
            "There is none yet.",
            "Start `privity serve` and open the link that it prints.",
        )
    for workspace in known:
        yield await _keys(house, workspace)
        async for finding in _key_address(house, workspace):
            yield finding
        for line in await sign_ins.lines(house, workspace.id):
            yield _sign_in(workspace, line)
        yield await _sites(house, workspace)
        yield await _log(house, workspace)


async def _keys(house: House, workspace: store.Known) -> Finding:
    about = f"signing keys of {workspace.name}"
    known = await vouching.keys(house, workspace.id)
    living = [key for key in known if key.revoked_at is None and key.listed is not False]
    unused = [key.kid for key in living if key.last_used_at is None]
    if not living:
        return Finding(about, "look", "None: nobody can prove who they are.", "Run: privity keys add")
    if unused:
        mend = "Does the site sign with it, and does each page's snippet have data-token-url or getToken?"
        return Finding(about, "look", f"Never used: {', '.join(unused)}.", mend)
    return Finding(about, "well", f"In use: {', '.join(key.kid for key in living)}.")


async def _key_address(house: House, workspace: store.Known) -> AsyncIterator[Finding]:
    address = await vouching.key_address(house, workspace.id)
    if address is None:
        return
    about, now = f"address of keys of {workspace.name}", house.clock()
    if address.fault is not None:
        is_good = address.good_until is not None and address.good_until > now
        until = f" Its keys are good until {address.good_until:%Y-%m-%d %H:%M} UTC." if is_good else ""
        mend = "Mend it on the site's server, or name another: privity keys address set https://…"
        yield Finding(about, "look" if is_good else "ill", f"{address.url}: {address.fault}{until}", mend)
    elif address.left_out:
        told = " ".join(f"{left.kid or 'A key without a name'}: {left.why}" for left in address.left_out)
        yield Finding(
            about, "look", f"Not every key there is trusted. {told}", "Mend them on the site's server."
        )
    else:
        yield Finding(about, "well", address.url)


def _sign_in(workspace: store.Known, line: sign_ins.ProviderLine) -> Finding:
    about = f"sign-in with {line.name} of {workspace.name}"
    if line.fault is None:
        return Finding(about, "well", line.issuer)
    mend = "Mend it at the provider, or remove it and add it anew: privity sign-in"
    return Finding(about, "look", f"{line.issuer}: {line.fault}", mend)


async def _sites(house: House, workspace: store.Known) -> Finding:
    about = f"sites of {workspace.name}"
    sites = await store.sites(house, workspace.id)
    bare = [site for site in sites if not is_private(site)]
    if not sites:
        return Finding(about, "look", "None: the chat can stand nowhere.", "Run: privity sites add https://…")
    if bare:
        mend = "Serve them with https, then: privity sites add https://… and privity sites remove http://…"
        return Finding(about, "look", f"Not encrypted: {', '.join(bare)}.", mend)
    return Finding(about, "well", ", ".join(sites))


async def _log(house: House, workspace: store.Known) -> Finding:
    about = f"audit log of {workspace.name}"
    since = await waits_since(house.pools.auditor, workspace.id)
    if since is None or house.clock() - since < SEALED_WITHIN:
        return Finding(about, "well", "What happened is sealed.")
    mend = "Does the server run? It seals each minute. Its own log says what keeps it, and `privity audit verify` more."
    return Finding(about, "look", f"Something waits for its seal since {since:%Y-%m-%d %H:%M} UTC.", mend)
