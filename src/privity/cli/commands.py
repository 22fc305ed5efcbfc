"""Every command, its options and its help. A command's own room is imported when the command runs."""

from collections.abc import Coroutine
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter

from privity.settings import Settings
from privity.web.limits import HEALTH_DAYS

app = App(
    name="privity",
    help="Customer messaging that you host yourself.",
    version=lambda: version("privity"),
    help_flags=["--help", "-h"],
)
keys_app = App(name="keys", help="The keys that may sign who your users are.")
key_address_app = App(name="address", help="Where your site publishes its public keys (JWKS).")
sign_in_app = App(
    name="sign-in", help="The providers at which people may sign in to the chat (OpenID Connect)."
)
api_key_app = App(name="api-key", help="Keys for programs that speak for the team.")
teammate_app = App(name="teammate", help="The people who answer.")
sites_app = App(name="sites", help="The sites on which the chat may stand.")
settings_app = App(name="settings", help="What a workspace asks of its contacts, and how its chat looks.")
token_app = App(name="token", help="Identity tokens: what is wrong with one, and one to try the chat with.")
legacy_app = App(name="legacy", help="Another product's hashes, taken for the time of a move.")
audit_app = App(name="audit", help="The log of what happened: whether it is intact, and who read what.")
for family in (
    keys_app,
    sign_in_app,
    api_key_app,
    teammate_app,
    sites_app,
    settings_app,
    token_app,
    legacy_app,
    audit_app,
):
    app.command(family)
keys_app.command(key_address_app)

Data = Annotated[Path | None, Parameter(help="The data folder (PRIVITY_DATA, ./privity-data).")]
Json = Annotated[bool, Parameter(help="One line of JSON, for a script.", negative="")]
Workspace = Annotated[str | None, Parameter(help="The workspace, by name or id, where there are several.")]


@app.command
def serve(
    *,
    host: Annotated[str | None, Parameter(help="The address to listen on (PRIVITY_HOST, 127.0.0.1).")] = None,
    port: Annotated[
        int | None, Parameter(help="The port (PRIVITY_PORT, 8080); 0 for any that is free.")
    ] = None,
    data: Data = None,
    base_url: Annotated[
        str | None, Parameter(help="The chat's own address as browsers see it (PRIVITY_BASE_URL).")
    ] = None,
) -> None:
    """Run the chat and the inbox until Ctrl-C.

    The first start prints a link that is good once, to set everything up.
    """
    from privity.cli import logs, serve
    from privity.cli.serving import listen, port_of

    logs.configure()
    free = listen(host or "127.0.0.1", 0) if port == 0 else None
    settings = _settings(host=host, port=port_of(free) if free else port, data=data, base_url=base_url)
    _run(serve.serve(settings, free))


@app.command
def demo(
    *,
    port: Annotated[int, Parameter(help="The chat's port; 0 for any that is free.")] = 8080,
    site_port: Annotated[
        int | None, Parameter(help="The customer's site's port: the next one, if nothing is said.")
    ] = None,
    data: Annotated[Path, Parameter(help="The demo's own data folder.")] = Path("privity-demo"),
    fresh: Annotated[
        bool, Parameter(help="Start over, without what was written before.", negative="")
    ] = False,
    json: Json = False,
) -> None:
    """Run the chat, a customer's site that uses it, and people to play."""
    from privity.cli import demo, logs

    logs.configure()
    _run(demo.demo(data, port=port, site_port=site_port, fresh=fresh, json=json))


@app.command
def migrate(*, data: Data = None, json: Json = False) -> None:
    """Bring the database forward to this version."""
    from privity.cli import serve

    _run(serve.migrate(_settings(data=data), json=json))


@app.command
def why(
    *,
    contact: Annotated[str, Parameter(help="The contact's id.")],
    conversation: Annotated[
        str | None, Parameter(help="A conversation's id; without it, each of its own.")
    ] = None,
    suppose: Annotated[
        Literal["token", "code", "mailbox_opens", "still_open"] | None,
        Parameter(
            name="--if",
            help="What it would see of its own if the page gave a good token, if its mailbox were proved by a code, "
            "if a proved mailbox opened history, or if its last session were still open.",
        ),
    ] = None,
    language: Annotated[
        str | None, Parameter(help="With the code for the site's language or framework, such as Django.")
    ] = None,
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Why a contact does, or does not, see a conversation, and what helps."""
    from privity.cli import why

    _run(
        why.tell(
            _settings(data=data),
            contact=contact,
            conversation=conversation,
            suppose=suppose,
            language=language,
            workspace=workspace,
            json=json,
        )
    )


@app.command
def doctor(
    *,
    identity: Annotated[
        bool, Parameter(help="How well a workspace's site proves who its users are.", negative="")
    ] = False,
    days: Annotated[
        int, Parameter(help="With --identity: so many days, today among them, 90 at the most.")
    ] = 30,
    workspace: Workspace = None,
    data: Data = None,
    base_url: str | None = None,
    json: Json = False,
) -> None:
    """Look the installation over: what is well, what is not, and how to mend it."""
    from privity.cli import doctor
    from privity.cli import identity as identity_health

    if identity:
        days = min(max(days, 1), HEALTH_DAYS)
        _run(identity_health.examine(_settings(data=data), days=days, workspace=workspace, json=json))
        return
    _run(doctor.examine(_settings(data=data, base_url=base_url), json=json))


@teammate_app.command(name="add")
def add_teammate(
    *,
    email: str,
    name: str,
    role: Annotated[
        Literal["agent", "owner", "auditor"],
        Parameter(help="An owner also decides about keys; an auditor reads the audit log and nothing else."),
    ] = "agent",
    workspace: Workspace = None,
    password_stdin: Annotated[
        bool, Parameter(help="Read the password from standard input instead of asking for it.", negative="")
    ] = False,
    data: Data = None,
    json: Json = False,
) -> None:
    """Give somebody an account. Asks for the password."""
    from privity.cli import teammates

    password = teammates.password_for(email, from_stdin=password_stdin)
    _run(
        teammates.add(
            _settings(data=data),
            email=email,
            name=name,
            role=role,
            password=password,
            workspace=workspace,
            json=json,
        )
    )


@teammate_app.command(name="disable")
def disable_teammate(
    *, email: str, workspace: Workspace = None, data: Data = None, json: Json = False
) -> None:
    """Take somebody's account away: it is signed out everywhere, and what they wrote stays."""
    from privity.cli import teammates

    _run(teammates.disable(_settings(data=data), email=email, workspace=workspace, json=json))


@keys_app.command(name="list")
def list_keys(*, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """The signing keys: since when, when last used, whether revoked."""
    from privity.cli import keys

    _run(keys.list_keys(_settings(data=data), workspace=workspace, json=json))


@keys_app.command(name="add")
def add_key(
    *,
    public_key: Annotated[
        Path | None,
        Parameter(help="A file with a public key in PEM (Ed25519, P-256, RSA), instead of a shared secret."),
    ] = None,
    secret_stdin: Annotated[
        bool,
        Parameter(help="Read a secret that the site has already from standard input.", negative=""),
    ] = False,
    alg: Annotated[
        Literal["HS256", "HS384", "HS512", "RS256", "PS256"] | None,
        Parameter(
            help="What a given key signs with: RS256 of an RSA key and HS256 of a secret, if not said."
        ),
    ] = None,
    name: Annotated[str | None, Parameter(help="What people call it, such as the new shop.")] = None,
    issuer: Annotated[str | None, Parameter(help="What its tokens must name as their issuer (iss).")] = None,
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Trust a new key. A secret that is made here is shown once."""
    from privity.cli import keys

    _run(
        keys.add_key(
            _settings(data=data),
            workspace=workspace,
            public_key=public_key,
            secret_stdin=secret_stdin,
            alg=alg,
            name=name,
            issuer=issuer,
            json=json,
        )
    )


@key_address_app.command(name="set")
def name_key_address(
    url: str,
    *,
    rsa_alg: Annotated[
        Literal["RS256", "PS256"], Parameter(help="What RSA keys there sign that do not say so themselves.")
    ] = "RS256",
    issuer: Annotated[str | None, Parameter(help="The `iss` that tokens of these keys must have.")] = None,
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Trust the public keys that are listed at this https address, and each that is listed there later."""
    from privity.cli import key_address

    _run(
        key_address.name(
            _settings(data=data), url=url, rsa_alg=rsa_alg, issuer=issuer, workspace=workspace, json=json
        )
    )


@key_address_app.command(name="show")
def show_key_address(*, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """The address, how the last look went, and which of its keys are not trusted."""
    from privity.cli import key_address

    _run(key_address.show(_settings(data=data), workspace=workspace, json=json))


@key_address_app.command(name="forget")
def forget_key_address(*, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """Trust none of its keys any more; every session that rests on one is over."""
    from privity.cli import key_address

    _run(key_address.forget(_settings(data=data), workspace=workspace, json=json))


@sign_in_app.command(name="add")
def add_sign_in(
    *,
    name: Annotated[str, Parameter(help="What people read on the button: Sign in with …")],
    issuer: Annotated[str, Parameter(help="What the provider calls itself, letter by letter.")],
    client_id: Annotated[str, Parameter(help="The chat's id as the provider's client.")],
    secret_stdin: Annotated[
        bool, Parameter(help="Read the client's secret from standard input, if it has one.", negative="")
    ] = False,
    workspace: Workspace = None,
    data: Data = None,
    base_url: str | None = None,
    json: Json = False,
) -> None:
    """Let people sign in at a provider. It is asked at once what it says of itself."""
    from privity.cli import sign_in

    _run(
        sign_in.add(
            _settings(data=data, base_url=base_url),
            name=name,
            issuer=issuer,
            client_id=client_id,
            secret_stdin=secret_stdin,
            workspace=workspace,
            json=json,
        )
    )


@sign_in_app.command(name="list")
def list_sign_ins(*, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """The providers, and why the last sign-in failed where one did."""
    from privity.cli import sign_in

    _run(sign_in.show(_settings(data=data), workspace=workspace, json=json))


@sign_in_app.command(name="remove")
def remove_sign_in(
    provider: str, *, workspace: Workspace = None, data: Data = None, json: Json = False
) -> None:
    """Let nobody sign in there any more; who did is out."""
    from privity.cli import sign_in

    _run(sign_in.remove(_settings(data=data), provider=provider, workspace=workspace, json=json))


@keys_app.command(name="stop")
def stop_key(
    kid: str,
    *,
    at: Annotated[str | None, Parameter(help="From when on, such as 2027-01-31T12:00 (UTC).")] = None,
    after: Annotated[str | None, Parameter(name="--in", help="In how long: 30m, 12h or 7d.")] = None,
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Let a key end at an instant ahead, so that the site can change over to another until then."""
    from privity.cli import keys

    _run(keys.stop_key(_settings(data=data), kid=kid, at=at, after=after, workspace=workspace, json=json))


@keys_app.command(name="revoke")
def revoke_key(kid: str, *, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """Trust a key no more. Who is proved by it is signed out of the chat at once."""
    from privity.cli import keys

    _run(keys.revoke_key(_settings(data=data), kid=kid, workspace=workspace, json=json))


@api_key_app.command(name="add")
def add_api_key(
    *,
    name: str,
    scopes: Annotated[
        list[str],
        Parameter(help="conversations:read, conversations:write, contacts:read", consume_multiple=True),
    ],
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Make a key for a program. It is shown once."""
    from privity.cli import keys

    _run(keys.add_api_key(_settings(data=data), name=name, scopes=scopes, workspace=workspace, json=json))


@api_key_app.command(name="revoke")
def revoke_api_keys(*, name: str, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """Take a program's key away, by the name that it was given."""
    from privity.cli import keys

    _run(keys.revoke_api_keys(_settings(data=data), name=name, workspace=workspace, json=json))


Product = Annotated[
    Literal["customerly", "intercom", "chatwoot", "helpscout", "crisp"],
    Parameter(help="Whose hashes: customerly, intercom, chatwoot, helpscout or crisp."),
]


@legacy_app.command(name="on")
def turn_hashes_on(
    product: Product,
    *,
    at: Annotated[
        str | None, Parameter(name="--until", help="Until when, such as 2027-01-31T12:00 (UTC).")
    ] = None,
    after: Annotated[str | None, Parameter(name="--for", help="For how long: 30d, 180d at most.")] = None,
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Let a product's hashes prove your users, until a date. Give that product's own secret on standard input.

    Given again with the same secret, the date moves; it stays within 180 days of the first.
    """
    from privity.cli import legacy

    _run(
        legacy.turn_on(
            _settings(data=data), product=product, at=at, after=after, workspace=workspace, json=json
        )
    )


@legacy_app.command(name="off")
def turn_hashes_off(
    product: Product, *, workspace: Workspace = None, data: Data = None, json: Json = False
) -> None:
    """Take a product's hashes no more. Who is proved by one is signed out of the chat at once."""
    from privity.cli import legacy

    _run(legacy.turn_off(_settings(data=data), product=product, workspace=workspace, json=json))


@legacy_app.command(name="list")
def list_switches(*, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """Whose hashes are taken, since when and until when, and how often they proved somebody."""
    from privity.cli import legacy

    _run(legacy.list_switches(_settings(data=data), workspace=workspace, json=json))


@token_app.command(name="explain")
def explain_token(
    *,
    language: Annotated[
        str | None, Parameter(help="With the code for the site's language or framework, such as Django.")
    ] = None,
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """What is right with an identity token, what is wrong, and how to mend it. Give it on standard input."""
    from privity.cli import tokens

    _run(tokens.explain(_settings(data=data), language=language, workspace=workspace, json=json))


@token_app.command(name="sign")
def sign_token(
    *,
    subject: Annotated[str, Parameter(help="Who it names: test: and a word of yours, such as test:ada.")],
    name: Annotated[str | None, Parameter(help="The name that it says.")] = None,
    key: Annotated[str | None, Parameter(help="The kid of the key: the newest, if nothing is said.")] = None,
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """A token for ten minutes, to try the chat with. It names nobody of the site's, and opens nothing of theirs."""
    from privity.cli import tokens

    _run(
        tokens.sign(
            _settings(data=data),
            subject=subject,
            name=name,
            kid=key,
            workspace=workspace,
            json=json,
        )
    )


@sites_app.command(name="list")
def list_sites(*, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """The sites on which the chat may stand."""
    from privity.cli import sites

    _run(sites.list_sites(_settings(data=data), workspace=workspace, json=json))


@sites_app.command(name="add")
def add_site(site: str, *, workspace: Workspace = None, data: Data = None) -> None:
    """Let the chat stand on a site, such as https://www.example.com."""
    from privity.cli import sites

    _run(sites.add_site(_settings(data=data), site=site, workspace=workspace))


@sites_app.command(name="remove")
def remove_site(site: str, *, workspace: Workspace = None, data: Data = None) -> None:
    """Let the chat stand there no more."""
    from privity.cli import sites

    _run(sites.remove_site(_settings(data=data), site=site, workspace=workspace))


@settings_app.default
def list_settings(*, workspace: Workspace = None, data: Data = None, json: Json = False) -> None:
    """Every setting: its value, what it is, and what it takes."""
    from privity.cli import rules

    _run(rules.list_rules(_settings(data=data), workspace=workspace, json=json))


@settings_app.command(name="set")
def set_setting(
    name: str, value: str, *, workspace: Workspace = None, data: Data = None, json: Json = False
) -> None:
    """Change one setting, such as: privity settings set history_from mailbox"""
    from privity.cli import rules

    _run(rules.set_rule(_settings(data=data), name=name, value=value, workspace=workspace, json=json))


@audit_app.command(name="verify")
def verify_audit(
    *,
    root: Annotated[
        Path | None, Parameter(help="A file that `privity audit export-roots` wrote, kept elsewhere since.")
    ] = None,
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Whether the log is as it was sealed; else the first event that was altered, is missing or was put elsewhere."""
    from privity.cli import audit

    _run(audit.verify_log(_settings(data=data), root=root, workspace=workspace, json=json))


@audit_app.command(name="export-roots")
def export_roots(*, workspace: Workspace = None, data: Data = None) -> None:
    """The newest seal of each workspace, and the key that they are signed with, as JSON: keep it elsewhere."""
    from privity.cli import audit

    _run(audit.export_roots(_settings(data=data), workspace=workspace))


@audit_app.command(name="readings")
def tell_readings(
    *,
    contact: Annotated[str, Parameter(help="The contact's id.")],
    workspace: Workspace = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Who read a contact's conversations, how often, and when last. That it was asked is recorded."""
    from privity.cli import audit

    _run(audit.tell_readings(_settings(data=data), contact=contact, workspace=workspace, json=json))


def _settings(
    *, data: Path | None, host: str | None = None, port: int | None = None, base_url: str | None = None
) -> Settings:
    return Settings.of(data=str(data) if data else None, host=host, port=port, base_url=base_url)


def _run(command: Coroutine[Any, Any, None]) -> None:
    import uvloop

    uvloop.run(command)
