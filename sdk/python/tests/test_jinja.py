"""Any Jinja environment takes the snippet as one of its globals."""

from jinja2 import Environment

from privity_client import Chat


def test_jinja_writes_the_snippet_as_it_stands(privity_chat: Chat) -> None:
    pages = Environment(autoescape=True)
    pages.globals["privity_chat"] = privity_chat.snippet
    assert pages.from_string("{{ '<' }}{{ privity_chat() }}").render() == "&lt;" + privity_chat.snippet()
