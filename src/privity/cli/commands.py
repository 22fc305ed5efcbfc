"""The table of commands: the sentence by which a person finds each, and the room that declares and does it.

A room is imported when its command is asked for, and imports what it works with when it works: a person who asks for
help, or mistypes, is answered at once.
"""

from importlib.metadata import version

from cyclopts import App

app = App(
    name="privity",
    help="Customer messaging that you host yourself.",
    version=lambda: version("privity"),
    help_flags=["--help", "-h"],
)

COMMANDS = {
    "keys": ("keys:app", "The keys that may sign who your users are."),
    "sign-in": ("sign_in:app", "The providers at which people may sign in to the chat (OpenID Connect)."),
    "api-key": ("api_keys:app", "Keys for programs that speak for the team."),
    "teammate": ("teammates:app", "The people who answer."),
    "sites": ("sites:app", "The sites on which the chat may stand."),
    "settings": ("rules:app", "What a workspace asks of its contacts, and how its chat looks."),
    "token": ("tokens:app", "Identity tokens: what is wrong with one, and one to try the chat with."),
    "legacy": ("legacy:app", "Another product's hashes, taken for the time of a move."),
    "audit": ("audit:app", "The log of what happened: whether it is intact, and who read what."),
    "serve": (
        "serve:serve",
        """Run the chat and the inbox until Ctrl-C.

        The first start prints a link that is good once, to set everything up.
        """,
    ),
    "demo": ("demo.command:demo", "Run the chat, a customer's site that uses it, and people to play."),
    "migrate": ("migrate:migrate", "Bring the database forward to this version."),
    "why": ("why:why", "Why a contact does, or does not, see a conversation, and what helps."),
    "doctor": (
        "doctor.command:doctor",
        "Look the installation over: what is well, what is not, and how to mend it.",
    ),
}

for name, (room, sentence) in COMMANDS.items():
    app.command(f"privity.cli.{room}", name=name, help=sentence)
