"""A shop in Flask with a chat on its page: `flask --app flask_site run`."""

import os

from flask import Flask, redirect, render_template_string, session
from werkzeug import Response

# region chat
from privity_client import Chat, Identity
from privity_client.flask import chat_blueprint

# endregion

USERS = {"u-ada": "Ada Lovelace", "u-bob": "Bob Stone"}
PAGE = """<!doctype html>
<html lang="en">
<title>A shop</title>
<h1>{{ name or "Nobody" }} is here</h1>
{% for id, name in users.items() %}
<form method="post" action="/sign-in/{{ id }}"><button>Sign in as {{ name }}</button></form>
{% endfor %}
<form method="post" action="/sign-out"><button>Sign out</button></form>
{{ privity_chat() }}
"""

app = Flask(__name__)
app.secret_key = os.environ["SHOP_SECRET_KEY"]


# region chat
def who_is_there() -> Identity | None:
    user = session.get("user")
    return Identity(user, name=USERS[user]) if user else None


app.register_blueprint(chat_blueprint(Chat.from_environment(), who_is_there))
# endregion


@app.get("/")
def home() -> str:
    return render_template_string(PAGE, users=USERS, name=USERS.get(session.get("user", "")))


@app.post("/sign-in/<user>")
def sign_in(user: str) -> Response:
    session["user"] = user
    return redirect("/", 303)


@app.post("/sign-out")
def sign_out() -> Response:
    session.clear()
    return redirect("/", 303)
