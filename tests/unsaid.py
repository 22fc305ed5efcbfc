"""What may never stand in a log: each kind of secret by its form, and the words and addresses of the cast."""

import re

from tests.cast import ADA, BOB, GRACE, MALLORY, OTTO

FORMS = {
    "an identity token": re.compile(r"eyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]{6,}"),
    # A session's, a teammate's and a key's word, a link's token, a signing secret, a cursor, a database's password.
    "random bytes": re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{40,}"),
    "a password": re.compile(r"four words, all of them hers|a password that|://[^/\s:]+:[^/\s@]+@"),
    "an address": re.compile("|".join(re.escape(one.email) for one in (ADA, BOB, GRACE, MALLORY, OTTO))),
}


def secrets_in(log: str) -> list[str]:
    """Of what kind they are, and the lines in which they stand."""
    return [
        f"{kind}: {line}" for line in log.splitlines() for kind, form in FORMS.items() if form.search(line)
    ]
