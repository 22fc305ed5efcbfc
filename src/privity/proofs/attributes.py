"""What the site signs of a person beyond who they are: shown to the team, apart from whatever anybody types.

What does not fit is left out, and the rest stands: a telephone number that is a list must lock nobody out.
"""

from itertools import islice
from urllib.parse import urlsplit

Attribute = str | int | float | bool

MOST_ATTRIBUTES = 50
NAME_CHARACTERS = 64
VALUE_CHARACTERS = 500
EMAIL_CHARACTERS = 254
LARGEST_NUMBER = 2**53
AVATAR = "avatar"


def attributes_in(told: object) -> dict[str, Attribute]:
    """The attributes of a token's claim that can be kept, in its order."""
    if not isinstance(told, dict):
        return {}
    fitting = (item for item in told.items() if _fits(*item))
    return dict(islice(fitting, MOST_ATTRIBUTES))


def printable(text: str, longest: int) -> bool:
    """One line that shows something, with nothing in it that a reader would not see."""
    return bool(text.strip()) and len(text) <= longest and text.isprintable()


def clean_address(email: object) -> str | None:
    """The key of an address that was signed: None for what is none, since the rest is signed all the same."""
    if not isinstance(email, str) or not email.isascii() or not printable(email, EMAIL_CHARACTERS):
        return None
    return email.lower()


def _fits(name: str, value: object) -> bool:
    if not printable(name, NAME_CHARACTERS):
        return False
    match value:
        case str():
            return printable(value, VALUE_CHARACTERS) and (name != AVATAR or _is_safe_address(value))
        case bool() | int() | float():
            return abs(value) <= LARGEST_NUMBER and name != AVATAR
    return False


def _is_safe_address(value: str) -> bool:
    """A picture is kept as the address of one, and fetched by nobody here."""
    try:
        address = urlsplit(value)
    except ValueError:
        return False
    return address.scheme == "https" and bool(address.hostname) and " " not in value
