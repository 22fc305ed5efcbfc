"""Whether a server takes connections, by the first words of PostgreSQL's protocol."""

import enum
import socket
import struct
from pathlib import Path

PATIENCE = 5.0
PROTOCOL_3_0 = 196608
STARTUP_MESSAGE = b"user\0postgres\0database\0postgres\0\0"
STARTING_UP = b"C57P03\0"


class Answer(enum.Enum):
    """What a knock at the socket brings."""

    NOBODY = enum.auto()
    STARTING_UP = enum.auto()
    WELCOME = enum.auto()


def knock(path: Path) -> Answer:
    """Ask for a connection and hang up: being asked for a password is welcome enough."""
    message = struct.pack("!II", 8 + len(STARTUP_MESSAGE), PROTOCOL_3_0) + STARTUP_MESSAGE
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(PATIENCE)
            door.connect(str(path))
            door.sendall(message)
            reply = door.recv(4096)
    except OSError:
        return Answer.NOBODY
    if not reply:
        return Answer.NOBODY
    return Answer.STARTING_UP if reply[:1] == b"E" and STARTING_UP in reply else Answer.WELCOME
