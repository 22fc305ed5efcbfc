"""What a limit counts as one network."""

import pytest

from privity.web.clients import network_at


@pytest.mark.attack("A-245")
@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::FFFF:CB00:7107", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
        ("no address", "no address"),
    ],
)
def test_a_person_is_counted_by_their_own_network_however_it_is_written(host: str, network: str) -> None:
    assert network_at(host) == network
