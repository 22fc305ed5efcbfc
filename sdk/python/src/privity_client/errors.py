"""What goes wrong while signing is wrong in the site's code or settings, and says so."""


class SettingsError(ValueError):
    """A setting is missing or cannot be used. The message is a sentence that names it, never its value."""


class SigningError(ValueError):
    """A token that the chat would refuse, or that would prove the wrong person, is not signed.

    The message is a sentence for the site's developer. It never contains a secret.
    """
