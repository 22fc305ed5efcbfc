"""What an operator takes away is gone for the running server too, at the very next request."""

import json
from pathlib import Path

import httpx

from privity.db import embedded
from tests.cli.running import Running, answered, one_sentence, run


def test_a_disabled_teammate_and_a_revoked_key_open_nothing(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    with Running(["demo", "--json", "--port", "0", "--data", str(data)]) as demo:
        handout = json.loads(demo.said(1)[0])
        with httpx.Client(base_url=handout["base_url"]) as client:
            key = {"Authorization": f"Bearer {handout['api_key']}"}
            assert client.get("/api/v1/conversations", headers=key).status_code == 200, "it opens until then"
            assert client.post("/api/v1/sign-in", json=handout["teammate"]).status_code == 200

            assert answered("api-key", "revoke", "--name", "demo", "--data", str(data))["keys_revoked"] == 1
            assert handout["teammate"]["email"] in run("teammate", "list", "--data", str(data)).stdout
            assert "revoked" in run("api-key", "list", "--data", str(data)).stdout
            answered("teammate", "disable", "--email", handout["teammate"]["email"], "--data", str(data))

            assert client.get("/api/v1/conversations", headers=key).status_code == 401
            assert client.post("/api/v1/sign-in", json=handout["teammate"]).status_code == 401
        again = one_sentence(run("api-key", "revoke", "--name", "demo", "--data", str(data)))
        assert "no living key that is called demo" in again
        demo.stop()
    embedded.discard(data / "postgres")
