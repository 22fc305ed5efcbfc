"""The owner sees for which products old hashes are taken, and switches one off."""

from datetime import timedelta

from privity.db.pool import Connection
from privity.house import House
from privity.vouching import legacy
from tests.clock import Clock
from tests.doors import Acme
from tests.team.desk import Desk

SECRET = "the-secret-that-customerly-gave-to-acme"
OFF = "/legacy/off"


async def test_a_switch_is_shown_without_its_secret_and_turned_off_by_the_owner_alone(
    house: House, acme: Acme, grace: Desk, otto: Desk, clock: Clock, owner_db: Connection
) -> None:
    await legacy.turn_on(house, acme.id, "customerly", SECRET, clock() + timedelta(days=30))
    off = {"product": "customerly"}
    assert (await grace.call("GET", "/legacy")).status_code == 403
    assert (await grace.call("POST", OFF, off)).status_code == 403

    await owner_db.execute("UPDATE teammate SET role = 'owner'")
    [line] = (await grace.get("/legacy"))["items"]
    assert (line["product"], line["proves"], line["off_at"]) == ("customerly", True, None)
    assert SECRET not in str(line)
    assert (await otto.get("/legacy"))["items"] == []
    assert (await otto.call("POST", OFF, off)).json() == {"sessions_ended": 0}
    assert (await grace.get("/legacy"))["items"][0]["proves"], "Otto's is another workspace"

    assert (await grace.call("POST", OFF, off)).json() == {"sessions_ended": 0}
    [line] = (await grace.get("/legacy"))["items"]
    assert (line["proves"], line["off_at"] is None) == (False, False)
    noted = await owner_db.fetch("SELECT actor FROM audit_event WHERE reason = 'legacy_off'")
    assert [who["actor"] for who in noted] == ["teammate"]
    assert (await grace.call("POST", OFF, {"product": "another"})).status_code == 422
