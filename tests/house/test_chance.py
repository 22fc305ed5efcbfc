"""What a contact sees and nobody may guess comes from one source, and that is the system's own."""

import secrets

from privity.chance import Chance
from privity.house import House
from tests.house.source import called, imported, modules

SOURCES = {"secrets", "random"}
MAKES_CHANCE = {"uuid1", "uuid4", "urandom", "getrandom"}
BESIDE_THE_HOUSE = ("cli/", "db/", "vouching/", "workspaces/")
"""What these make is seen by operators and owners alone, or, as a workspace's id, published."""


def test_the_rooms_ask_the_house_for_chance() -> None:
    makers = {
        name
        for name, tree in modules()
        if SOURCES & {made.partition(".")[0] for made in imported(tree)} or MAKES_CHANCE & set(called(tree))
    }
    assert "chance.py" in makers, "the source itself is found, or this looks for the wrong thing"
    assert {name for name in makers if not name.startswith(BESIDE_THE_HOUSE)} == {"chance.py"}


async def test_a_house_draws_from_the_systems_source(house: House) -> None:
    assert house.chance.draw is secrets.token_bytes
    assert len({house.chance.id() for _ in range(100)}) == 100
    assert len(house.chance.bytes(32)) == 32


def test_a_number_of_chance_stays_below_its_limit_and_reaches_both_ends() -> None:
    chance = Chance()
    assert {chance.below(3) for _ in range(200)} == {0, 1, 2}
