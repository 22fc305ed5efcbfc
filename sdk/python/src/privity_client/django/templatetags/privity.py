"""`{% load privity %}{% privity_chat %}`: the chat on a page."""

from dataclasses import replace

from django import template
from django.template.context import Context
from django.urls import reverse

from privity_client.chat import Snippet
from privity_client.django.chat import site_chat
from privity_client.django.views import token

register = template.Library()


@register.simple_tag(takes_context=True)
def privity_chat(context: Context) -> Snippet:
    """The snippet, with the page's nonce where its content policy has one."""
    return replace(site_chat(), token_url=reverse(token)).snippet(nonce_of(context))


def nonce_of(context: Context) -> str | None:
    """Django's own content policy calls it `csp_nonce` in the context; django-csp puts it on the request."""
    nonce = context.get("csp_nonce", getattr(context.get("request"), "csp_nonce", None))
    # Both are lazy and untrue until they are read, so truth cannot be asked.
    return None if nonce is None else str(nonce)
