"""The audit log on the command line: whole, exported, tampered with."""

import asyncio
import json
from pathlib import Path
from uuid import uuid4

import asyncpg

from privity.db import embedded
from privity.db.pool import SERVER_SETTINGS
from privity.furnishing import running_engines
from privity.keyring import Keyring
from privity.settings import Settings
from tests.cli.running import Running, answered, run


def test_a_log_is_verified_exported_and_found_tampered_with(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    folder, kept = ("--data", str(data)), tmp_path / "roots.json"
    with Running(["demo", "--json", "--port", "0", "--data", str(data)]) as demo:
        demo.said(1)
        exported = run("audit", "export-roots", *folder)
        kept.write_text(exported.stdout)
        (log,) = answered("audit", "verify", *folder, "--root", str(kept))
        assert log["fault"] is None
        assert log["events"] > 0
        assert (log["seals"], log["waiting"]) == (json.loads(exported.stdout)["roots"][0]["seal"], 0)
        assert "intact" in run("audit", "verify", *folder).stdout

        event = asyncio.run(_alter_the_first_event(data))
        found = run("audit", "verify", *folder)
        assert found.returncode == 1
        assert f"Event {event}, the 1st of" in found.stdout
        assert "was altered" in found.stdout

        asyncio.run(_forget_everything(data))
        assert "intact" in run("audit", "verify", *folder).stdout, "nothing in the database tells"
        found = run("audit", "verify", *folder, "--root", str(kept))
        assert found.returncode == 1
        assert "Seal 1 is missing" in found.stdout

        gone = _with_another_workspace(kept)
        found = run("audit", "verify", *folder, "--root", str(kept), "--json")
        assert found.returncode == 1
        faults = {log["workspace"]: log["fault"]["what"] for log in json.loads(found.stdout)}
        assert faults == {log["workspace"]: "seal_missing", gone: "workspace_missing"}
        assert f"Workspace {gone} is missing" in found.stdout

        asyncio.run(as_owner(data, "TRUNCATE privity.workspace CASCADE"))
        found = run("audit", "verify", *folder)
        assert found.returncode == 1
        assert "no workspace" in found.stderr
        demo.stop()
    embedded.discard(data / "postgres")


def _with_another_workspace(kept: Path) -> str:
    """Exported once, and since then taken out of the database with all that it held."""
    exported = json.loads(kept.read_text())
    gone = str(uuid4())
    exported["roots"].append({**exported["roots"][0], "workspace": gone})
    kept.write_text(json.dumps(exported))
    return gone


async def _alter_the_first_event(data: Path) -> str:
    return str(
        await as_owner(
            data,
            """UPDATE privity.audit_event SET actor = 'system'
                WHERE id = (SELECT events[1] FROM privity.audit_seal WHERE number = 1) RETURNING id""",
        )
    )


async def _forget_everything(data: Path) -> None:
    for table in ("audit_seal", "audit_event", "audit_salt"):
        await as_owner(data, f"DELETE FROM privity.{table}")  # noqa: S608


async def as_owner(data: Path, statement: str) -> object:
    settings = Settings(data, "http://127.0.0.1")
    engines = running_engines(settings, Keyring.in_folder(data))
    assert engines is not None
    connection = await asyncpg.connect(**engines.address("owner"), server_settings=SERVER_SETTINGS)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()
