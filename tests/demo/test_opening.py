"""`python -m demo.site` opens the shop, or says why it cannot."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
PATHS = os.pathsep.join(str(ROOT / path) for path in ("", "sdk/python/src"))


def command(port: int) -> list[str]:
    asked = {"--port": str(port), "--chat": "http://127.0.0.1:1", "--workspace": "ws-1", "--kid": "acme-1"}
    return [sys.executable, "-m", "demo.site", *(word for pair in asked.items() for word in pair)]


def environment(secret: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": PATHS, "ACME_SIGNING_SECRET": secret}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def first_answer(url: str, patience: float = 60) -> httpx.Response:
    deadline = time.monotonic() + patience
    while True:
        try:
            return httpx.get(url)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_the_shop_opens_on_its_port_and_keeps_standard_output_clean() -> None:
    port = free_port()
    with subprocess.Popen(
        command(port), cwd=ROOT, env=environment("s" * 32), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as shop:
        try:
            assert "Things for a quiet desk" in first_answer(f"http://127.0.0.1:{port}/").text
        finally:
            shop.terminate()
        assert shop.communicate(timeout=60)[0] == b""


def test_without_a_secret_the_shop_stays_closed_and_says_why() -> None:
    shop = subprocess.run(
        command(1), cwd=ROOT, env=environment(""), capture_output=True, text=True, check=False
    )
    assert shop.returncode != 0
    assert "The signing secret has 0 bytes" in shop.stderr
