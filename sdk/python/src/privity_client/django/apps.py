"""The application that a site names in `INSTALLED_APPS`."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class PrivityConfig(AppConfig):
    """Brings the template tag and the system checks. It has no tables."""

    name = "privity_client.django"
    label = "privity"

    def ready(self) -> None:
        from privity_client.django import checks

        register(checks.settings_can_be_used, Tags.security)
        register(checks.identity_can_be_asked, Tags.security)
        register(checks.token_view_has_an_address, Tags.urls)
        # It runs the site's own functions, so only where it is asked for: `check --deploy`.
        register(checks.secret_stays_on_the_server, Tags.security, deploy=True)
