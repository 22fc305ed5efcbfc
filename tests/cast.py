"""Who appears in the tests, always as the same character.

Ada is a proved user and Bob another one; Mallory claims to be Ada; Grace answers; Vera audits; Otto belongs to
another workspace.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A name, an address and, for those whom the site knows, the subject that it signs."""

    name: str
    email: str
    subject: str


ADA = Person("Ada Lovelace", "ada@example.com", "u-ada")
BOB = Person("Bob Stone", "bob@example.com", "u-bob")
MALLORY = Person("Mallory", "mallory@example.net", "u-mallory")
GRACE = Person("Grace Hopper", "grace@acme.example", "t-grace")
VERA = Person("Vera Vance", "vera@acme.example", "t-vera")
OTTO = Person("Otto Weber", "otto@elsewhere.example", "t-otto")
