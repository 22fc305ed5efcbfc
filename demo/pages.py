"""Acme's pages: templates filled with escaped values, and the content policy that goes with each."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

from demo.people import Order, Person

TEMPLATES = Path(__file__).parent / "templates"


class Markup(str):
    """Text that is HTML already and is not escaped again."""

    __slots__ = ()


def fill(template: str, **values: str) -> Markup:
    """The template with each value escaped, but for what is markup already."""
    safe = {name: value if isinstance(value, Markup) else escape(value) for name, value in values.items()}
    return Markup(Template((TEMPLATES / template).read_text("utf-8")).substitute(safe))


def in_script(value: str | None) -> Markup:
    """A value as a literal of JavaScript that no text can break out of."""
    return Markup(json.dumps(value).replace("<", "\\u003c"))


def account(visitor: Person | None) -> Markup:
    """The corner of the header that says who is signed in."""
    if visitor is None:
        return fill("account_nobody.html")
    return fill("account.html", name=visitor.name, initial=visitor.name[0])


def orders(person: Person) -> Markup:
    rows = Markup("".join(order_row(order) for order in person.orders))
    return fill("orders.html", first_name=person.first_name, rows=rows)


def order_row(order: Order) -> Markup:
    return fill(
        "order_row.html",
        number=str(order.number),
        day=order.day,
        item=order.item,
        price=order.price,
        state=order.state,
    )


def sign_in(people: Iterable[Person]) -> Markup:
    return fill("sign_in.html", buttons=Markup("".join(sign_in_button(person) for person in people)))


def sign_in_button(person: Person) -> Markup:
    return fill(
        "sign_in_button.html",
        subject=person.subject,
        first_name=person.first_name,
        name=person.name,
        email=person.email,
    )


def content_policy(chat: str, nonce: str | None = None) -> str:
    """As strict as a careful shop's. Only the chat's origin is let in, for a script and for a frame."""
    own_lines = f" 'nonce-{nonce}'" if nonce else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {chat}{own_lines}",
            f"frame-src {chat}",
            "connect-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
