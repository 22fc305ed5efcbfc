"""How soon the noninterference machine finds each seeded leak: the table in docs/security/noninterference.md.

Both worlds get the leak, one after the other, and the machine looks for a trace that parts them. What is written is the
number of traces, which is the same on every machine, and the seconds, which are not.

    python bench/seeded_leaks.py [--write]
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import pytest

from privity.db import embedded
from privity.keyring import SECRET_BYTES, Keyring
from privity.settings import Settings
from privity.web.static_files import FrontEnd
from tests.database import SUPERUSER_PASSWORD, Server
from tests.doors import CHAT
from tests.noninterference.conftest import standing_worlds
from tests.noninterference.identity_leaks import OF_IDENTITIES
from tests.noninterference.leaks import OF_CONVERSATIONS
from tests.noninterference.telling import look_for
from tests.noninterference.worlds import do_nothing_by_the_real_clock

PAGE = Path(__file__).parents[1] / "docs" / "security" / "noninterference.md"
BEGIN, END = "<!-- seeded leaks: written by bench/seeded_leaks.py -->\n", "<!-- end of seeded leaks -->\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        do_nothing_by_the_real_clock(patch)
        keyring = Keyring(b"k" * SECRET_BYTES)
        cluster = embedded.start(Path(folder), SUPERUSER_PASSWORD)
        try:
            table, all_found = measure(Server(cluster, keyring), keyring, Path(folder))
        finally:
            cluster.stop()
            embedded.discard(Path(folder))
    print(table)
    if "--write" in sys.argv:
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}", "utf-8")
    sys.exit(not all_found)


def measure(server: Server, keyring: Keyring, folder: Path) -> tuple[str, bool]:
    lines = ["| seeded leak | what it tells | found in trace | seconds |", "|---|---|---|---|"]
    settings = Settings(data=folder / "house", base_url=CHAT)
    all_found = True
    asyncio.run(server.make_template())
    with standing_worlds(server, keyring, FrontEnd.load(), settings, same_chance=True) as standing:
        for leak in (*OF_CONVERSATIONS, *OF_IDENTITIES):
            search = look_for(leak, standing)
            all_found &= search.parted is not None
            found = search.traces - 1 if search.parted is not None else "**not found**"
            print(f"{leak.name}: trace {found}, {search.seconds:.1f} s", file=sys.stderr, flush=True)
            lines.append(f"| {leak.name} | {leak.sentence} | {found} | {search.seconds:.1f} |")
    return "\n".join(lines) + "\n", all_found


if __name__ == "__main__":
    main()
