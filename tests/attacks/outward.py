"""What the server may fetch, and how each bound is taken out."""

from ipaddress import ip_address

from privity.outward import fetching
from privity.outward.fault import FetchError
from privity.outward.fetching import Outward
from privity.outward.networks import IpAddress
from privity.outward.target import Target
from tests.attacks.harness import Breach, defence


@defence
def the_judgment_of_addresses(breach: Breach) -> None:
    """Wherever a name leads is where it is asked."""
    breach.replace(fetching, "is_public", lambda _: True)


@defence
def the_one_look_at_a_name(breach: Breach) -> None:
    """A name is judged by one look-up and asked by the next."""
    judged = Outward._judged

    async def look_again(outward: Outward, target: Target) -> list[IpAddress]:
        try:
            await judged(outward, target)
        except FetchError:
            breach.replace(fetching, "is_public", lambda _: True)
        return [ip_address(each) for each in await outward._resolve(target.host, target.port)]

    breach.replace(Outward, "_judged", look_again)
