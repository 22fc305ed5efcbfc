"""Who has an account at Acme, and what they ordered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """One line of a person's orders, as the shop shows it."""

    number: int
    day: str
    item: str
    price: str
    state: str


@dataclass(frozen=True)
class Person:
    """A customer with an account. `subject` is the shop's own id of them, the one that it signs."""

    subject: str
    name: str
    email: str
    email_verified: bool = True
    orders: tuple[Order, ...] = ()

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


ADA = Person(
    "u-ada",
    "Ada Lovelace",
    "ada@example.com",
    orders=(
        Order(4711, "3 March", "Lamp, brass", "€ 129", "On its way"),
        Order(4466, "18 January", "Notebook, ruled, three of them", "€ 36", "Delivered"),
        Order(4102, "2 November", "Kettle, 0.9 l", "€ 84", "Delivered"),
    ),
)
BOB = Person(
    "u-bob",
    "Bob Stone",
    "bob@example.com",
    orders=(Order(4698, "27 February", "Kettle, 0.9 l", "€ 84", "Delivered"),),
)
EVERYBODY = (ADA, BOB)
