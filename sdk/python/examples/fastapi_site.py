"""A shop in FastAPI with a chat on its page: `uvicorn fastapi_site:app`."""

import os

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import DictLoader, Environment
from starlette.middleware.sessions import SessionMiddleware

# region chat
from privity_client import Chat, Identity
from privity_client.fastapi import chat_router

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

pages = Environment(loader=DictLoader({"home.html": PAGE}), autoescape=True)
app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key=os.environ["SHOP_SECRET_KEY"])


# region chat
def who_is_there(request: Request) -> Identity | None:
    user = request.session.get("user")
    return Identity(user, name=USERS[user]) if user else None


chat = Chat.from_environment()
app.include_router(chat_router(chat, who_is_there))
pages.globals["privity_chat"] = chat.snippet
# endregion


@app.get("/")
async def home(request: Request) -> Response:
    name = USERS.get(request.session.get("user", ""))
    return HTMLResponse(pages.get_template("home.html").render(users=USERS, name=name))


@app.post("/sign-in/{user}")
async def sign_in(request: Request, user: str) -> Response:
    request.session["user"] = user
    return RedirectResponse("/", 303)


@app.post("/sign-out")
async def sign_out(request: Request) -> Response:
    request.session.clear()
    return RedirectResponse("/", 303)
