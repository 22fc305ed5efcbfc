"""The token debugger: every check of a token, not only the first that fails. Nothing given is stored or logged."""

from collections.abc import Collection, Iterator, Mapping

from privity.policy.remedies import remedy, sentence
from privity.proofs.tokens import (
    CHECKS,
    Fault,
    Occasion,
    SigningKey,
    claims_of,
    header_of,
    is_signed_by,
    key_for,
)
from privity.web import wire

RIGHT: dict[Fault, str] = {
    "shape": "It is a signed token: a header, claims and a signature.",
    "key": "It names a living signing key of this workspace.",
    "algorithm": "It says the algorithm that its key has.",
    "signature": "Its signature fits the key.",
    "audience": "It is for this workspace.",
    "issuer": "It is by the issuer that its key asks for, if the key asks.",
    "subject": "It says whose it is.",
    "lifetime": "It ends within an hour of its beginning.",
    "not_yet": "It has begun.",
    "expired": "It has not ended.",
    "spent": "No sign-out has used it up.",
    "reused": "It was not taken before, or the workspace does not mind.",
}


def explain(
    token: str, keys: Mapping[str, SigningKey], occasion: Occasion, known: Collection[Fault] = ()
) -> wire.TokenExplained:
    """What is right with a token, what is wrong, and how to mend it. `known` is what the database knows against it."""
    found = dict(_verdicts(token.strip(), keys, occasion, known))
    return wire.TokenExplained(
        accepted=all(found.get(fault) for fault in RIGHT),
        checks=[_check(fault, found.get(fault)) for fault in RIGHT],
    )


def _verdicts(
    token: str, keys: Mapping[str, SigningKey], occasion: Occasion, known: Collection[Fault]
) -> Iterator[tuple[Fault, bool]]:
    """What can be said of a token. What a fault makes impossible to know is left out."""
    head, claims = header_of(token), claims_of(token)
    if head is None or claims is None:
        yield "shape", False
        return
    key = key_for(head, keys)
    yield "shape", key != "shape"
    if isinstance(key, SigningKey):
        occasion = occasion.of(key)
        yield from (("key", True), ("algorithm", True), ("signature", is_signed_by(key, token)))
    elif key != "shape":
        yield key, False
    for fault, holds in CHECKS:
        if fault != "issuer" or isinstance(key, SigningKey):
            yield fault, holds(claims, occasion)
    yield from (("spent", "spent" not in known), ("reused", "reused" not in known))


def _check(fault: Fault, holds: bool | None) -> wire.TokenCheck:
    if holds is None:
        return wire.TokenCheck(
            name=fault, state="unknown", sentence="What is wrong above hides this.", remedy=None
        )
    if holds:
        return wire.TokenCheck(name=fault, state="right", sentence=RIGHT[fault], remedy=None)
    return wire.TokenCheck(name=fault, state="wrong", sentence=sentence(fault), remedy=remedy(fault))
