"""What goes wrong while signing is wrong in the site's code or settings, and says so."""


class SigningError(ValueError):
    """A token that the chat would refuse, or that would prove the wrong person, is not signed.

    The message is a sentence for the site's developer. It never contains a secret.
    """
