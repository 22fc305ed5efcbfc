"""A Flask site registers one blueprint, and its templates get one word."""

from collections.abc import Iterator

import pytest
from flask import Flask, g, render_template_string
from flask.testing import FlaskClient

from privity_client import Chat, Identity
from privity_client.flask import chat_blueprint
from privity_client.pytest_plugin import Witness

ADA = Identity("u-ada", name="Ada Lovelace")


@pytest.fixture
def client(privity_chat: Chat) -> Iterator[FlaskClient]:
    site = Flask(__name__)
    site.register_blueprint(chat_blueprint(privity_chat, lambda: g.get("user")))
    site.add_url_rule("/", view_func=lambda: render_template_string("{{ privity_chat('once') }}"))

    @site.before_request
    def ada_is_signed_in() -> None:
        g.user = ADA if site.config.get("ADA_IS_SIGNED_IN") else None

    with site.test_client() as client:
        yield client


def test_ada_is_proved_where_she_is_signed_in(client: FlaskClient, privity: Witness) -> None:
    client.application.config["ADA_IS_SIGNED_IN"] = True
    assert privity.proved_by(client.post("/chat-token")) == ADA


def test_nobody_is_nobody(client: FlaskClient, privity: Witness) -> None:
    privity.nobody_in(client.post("/chat-token"))


def test_another_sites_page_learns_nothing(client: FlaskClient, privity: Witness) -> None:
    client.application.config["ADA_IS_SIGNED_IN"] = True
    privity.refused_by(client.post("/chat-token", headers={"Sec-Fetch-Site": "cross-site"}))


def test_the_question_is_no_link(client: FlaskClient) -> None:
    assert client.get("/chat-token").status_code == 405


def test_the_template_writes_the_snippet_as_it_stands(client: FlaskClient, privity_chat: Chat) -> None:
    assert client.get("/").text == privity_chat.snippet("once")
