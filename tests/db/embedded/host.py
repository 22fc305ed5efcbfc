"""A host: starts the database of a folder, says so in one line of JSON, and lives until it is told to stop.

Told by its standard input: `stop` stops in order, `fork` leaves a child behind that outlives it. On Ctrl-C it
asks the database a last question before it stops.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg

from privity.db import embedded
from privity.db.embedded import Cluster

PASSWORD = "sesame"
SETTINGS = {"fsync": "off", "max_wal_size": "4GB", "checkpoint_timeout": "1h"}


def main(folder: str) -> None:
    # As at a terminal, also where the tests themselves were started in the background, deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        cluster = embedded.start(Path(folder), PASSWORD, settings=SETTINGS)
    except embedded.EmbeddedError as refusal:
        say(refusal=str(refusal))
        return
    try:
        say(socket=str(cluster.socket_folder), version=cluster.version)
        obey(sys.stdin.readline().strip())
    except KeyboardInterrupt:
        say(last_answer=asyncio.run(ask(cluster)))
    cluster.stop()
    say(stopped=True)


def obey(order: str) -> None:
    if order == "fork":
        leave_a_child_behind()


def leave_a_child_behind() -> None:
    """Two of them: one by fork alone, one that runs another program."""
    forked = os.fork()
    if forked == 0:
        time.sleep(60)
    started = subprocess.Popen(["sleep", "60"])
    say(children=[forked, started.pid])
    time.sleep(60)


async def ask(cluster: Cluster) -> int:
    connection = await asyncpg.connect(**cluster.connect_arguments("postgres", PASSWORD, "postgres"))
    answer: int = await connection.fetchval("SELECT 42")
    await connection.close()
    return answer


def say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
