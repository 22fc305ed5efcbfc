"""Why something could not be fetched, in a word and in a sentence for the team. What was answered is not repeated."""

from typing import Literal

Fault = Literal[
    "address",
    "port",
    "unresolved",
    "forbidden",
    "unreachable",
    "certificate",
    "redirect",
    "status",
    "too_large",
    "too_slow",
    "encoded",
    "not_json",
]

SENTENCES: dict[Fault, str] = {
    "address": "It is no https address that names one host.",
    "port": "It names another port than 443, which the installation's settings do not allow.",
    "unresolved": "Its name is not known.",
    "forbidden": "It leads into a private network, which the installation's settings do not allow.",
    "unreachable": "It cannot be reached.",
    "certificate": "Its certificate is not good for that name.",
    "redirect": "It sends on to another address, and that is not followed. Name the last one.",
    "status": "It answers with an error.",
    "too_large": "Its answer is too large.",
    "too_slow": "It takes too long to answer.",
    "encoded": "It answers compressed, which was not asked for.",
    "not_json": "Its answer is not JSON.",
}


class FetchError(Exception):
    """The message is the sentence."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(SENTENCES[fault])
        self.fault = fault
