"""A shop in Django with a chat on its page. The settings and the site share this file.

It is started with `python django_site.py runserver`.
"""

import os
import sys

import django
from django.contrib.auth import get_user_model, login, logout
from django.core.management import call_command, execute_from_command_line
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.decorators.http import require_POST

PAGE = """<!doctype html>
<html lang="en">
<title>A shop</title>
<h1>{{ user.first_name|default:"Nobody" }} is here</h1>
{% for name in names %}
<form method="post" action="/sign-in/{{ name }}">{% csrf_token %}<button>Sign in as {{ name }}</button></form>
{% endfor %}
<form method="post" action="/sign-out">{% csrf_token %}<button>Sign out</button></form>
{% load privity %}{% privity_chat %}
"""

SECRET_KEY = os.environ["SHOP_SECRET_KEY"]
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "django_site"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["SHOP_DATABASE"]}}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    # region chat
    "privity_client.django",
    # endregion
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ],
            "loaders": [("django.template.loaders.locmem.Loader", {"home.html": PAGE})],
        },
    }
]
# region chat
PRIVITY_CHAT = os.environ["PRIVITY_CHAT"]
PRIVITY_WORKSPACE = os.environ["PRIVITY_WORKSPACE"]
PRIVITY_KID = os.environ["PRIVITY_KID"]
PRIVITY_SIGNING_SECRET = os.environ["PRIVITY_SIGNING_SECRET"]
# endregion


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"names": ("Ada", "Bob")})


@require_POST
def sign_in(request: HttpRequest, name: str) -> HttpResponse:
    user, _ = get_user_model().objects.get_or_create(username=name, defaults={"first_name": name})
    login(request, user)
    return redirect(home)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(home)


urlpatterns = [
    path("", home),
    path("sign-in/<name>", sign_in),
    path("sign-out", sign_out),
    # region chat
    path("", include("privity_client.django.urls")),
    # endregion
]

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_site")
    django.setup()
    call_command("migrate", verbosity=0)
    execute_from_command_line(sys.argv)
