"""Who may fetch what."""

from tests.house.source import imported, modules

FETCHERS = {"aiohttp", "httpcore", "httpx", "requests", "urllib3"}


def fetches(name: str) -> bool:
    return name.partition(".")[0] in FETCHERS or name.startswith(("http.client", "urllib.request"))


def test_whatever_the_server_fetches_goes_through_the_guarded_way_out() -> None:
    fetching = {name for name, tree in modules() if any(map(fetches, imported(tree)))}

    assert fetching == {"outward/fetching.py"}
