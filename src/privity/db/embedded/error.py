"""What can go wrong with the database that Privity runs itself."""


class EmbeddedError(Exception):
    """A sentence for the person who runs Privity: what is wrong, and what to do."""
