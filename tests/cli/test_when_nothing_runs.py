"""Commands on a folder whose server is not up: they start the database for the moment."""

import json
from pathlib import Path

from privity.db import embedded
from tests.cli.running import Running, answered, one_sentence, run


def test_commands_do_their_work_and_leave_nothing_running(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    with Running(["demo", "--json", "--port", "0", "--data", str(data)]) as demo:
        handout = json.loads(demo.said(1)[0])
        demo.stop()

    made = answered("keys", "add", "--name", "the [new] shop[/]", "--data", str(data))
    assert {made["kid"], handout["signing_key"]["kid"]} == {
        line["kid"] for line in answered("keys", "list", "--data", str(data))
    }
    assert "the [new] shop[/]" in run("keys", "list", "--data", str(data)).stdout
    assert answered("migrate", "--data", str(data)) == {"migrated": []}
    found = answered("doctor", "--data", str(data))
    assert "ill" not in {finding["state"] for finding in found}
    assert embedded.attach(data / "postgres") is None
    embedded.discard(data / "postgres")


def test_before_the_set_up_there_is_no_workspace_to_work_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Running(["serve", "--port", "0", "--data", str(data)]) as first:
        link = first.said(3)[2]
        first.stop()
    with Running(["serve", "--port", "0", "--data", str(data)]) as second:
        assert second.said(3)[2].partition("#")[2] != link.partition("#")[2], "a new link at each start"
        assert "There is no workspace yet" in one_sentence(run("keys", "list", "--data", str(data)))
        second.stop()
    embedded.discard(data / "postgres")
