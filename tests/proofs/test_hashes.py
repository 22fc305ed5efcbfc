"""Old hashes, good and bad, each with what it proves or its exact fault; and whom a hash can never prove."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.policy.remedies import EXPLANATIONS
from privity.proofs.hashes import MADE_OF, PRODUCTS, HashFault, Named, Switch, Told, judge, made, names
from privity.web.wire import LegacyProduct
from tests.clock import MONDAY_MORNING
from tests.proofs.old_site import SECRETS, hashed, under

ADA = "ada@example.com"
SWITCHES = {
    product: Switch(UUID(int=number), secret.encode(), MONDAY_MORNING, MONDAY_MORNING + timedelta(days=30))
    for number, (product, secret) in enumerate(SECRETS.items())
}

PROVES: list[tuple[str, Told, str]] = [
    ("an address", Told("customerly", hashed("customerly", ADA), email=ADA), f"customerly:email:{ADA}"),
    (
        "Customerly lowers the address first",
        Told("customerly", hashed("customerly", ADA), email="Ada@Example.COM"),
        f"customerly:email:{ADA}",
    ),
    (
        "Customerly's user id is not what was hashed",
        Told("customerly", hashed("customerly", ADA), user_id="u-1", email=ADA),
        f"customerly:email:{ADA}",
    ),
    ("a user id", Told("intercom", hashed("intercom", "u-ada"), user_id="u-ada"), "intercom:user_id:u-ada"),
    (
        "a user id before the address beside it",
        Told("intercom", hashed("intercom", "u-ada"), user_id="u-ada", email="bob@example.com"),
        "intercom:user_id:u-ada",
    ),
    ("an address alone", Told("intercom", hashed("intercom", ADA), email=ADA), f"intercom:email:{ADA}"),
    (
        "an address as it is written",
        Told("intercom", hashed("intercom", "Ada@Example.com"), email="Ada@Example.com"),
        "intercom:email:Ada@Example.com",
    ),
    (
        "an identifier",
        Told("chatwoot", hashed("chatwoot", "7"), user_id="7", email="bob@example.com"),
        "chatwoot:user_id:7",
    ),
    (
        "an identifier that is an address",
        Told("chatwoot", hashed("chatwoot", ADA), user_id=ADA),
        f"chatwoot:user_id:{ADA}",
    ),
    (
        "a user id in any script",
        Told("chatwoot", hashed("chatwoot", "adé"), user_id="adé"),
        "chatwoot:user_id:adé",
    ),
    ("a signature", Told("helpscout", hashed("helpscout", ADA), email=ADA), f"helpscout:email:{ADA}"),
    ("an address", Told("crisp", hashed("crisp", ADA), email=ADA), f"crisp:email:{ADA}"),
]

GOOD = hashed("intercom", "u-ada")
REFUSED: list[tuple[str, Told, HashFault]] = [
    ("no identifier", Told("intercom", GOOD), "legacy_identifier"),
    ("only a user id", Told("customerly", hashed("customerly", "u-1"), user_id="u-1"), "legacy_identifier"),
    ("only a user id", Told("helpscout", hashed("helpscout", "u-1"), user_id="u-1"), "legacy_identifier"),
    ("only a user id", Told("crisp", hashed("crisp", "u-1"), user_id="u-1"), "legacy_identifier"),
    ("only an address", Told("chatwoot", hashed("chatwoot", ADA), email=ADA), "legacy_identifier"),
    ("a blank one", Told("intercom", hashed("intercom", "  "), user_id="  "), "legacy_identifier"),
    ("two lines", Told("intercom", hashed("intercom", "a\nb"), user_id="a\nb"), "legacy_identifier"),
    ("a NUL", Told("intercom", hashed("intercom", "a\0"), user_id="a\0"), "legacy_identifier"),
    (
        "a very long one",
        Told("intercom", hashed("intercom", "u" * 256), user_id="u" * 256),
        "legacy_identifier",
    ),
    (
        "the K of kelvin",
        Told("crisp", hashed("crisp", "\u212aay@x.io"), email="\u212aay@x.io"),
        "legacy_identifier",
    ),
    (
        "the K of kelvin where addresses are lowered",
        Told("customerly", hashed("customerly", "kay@x.io"), email="\u212aay@x.io"),
        "legacy_identifier",
    ),
    (
        "a dotless i",
        Told("customerly", hashed("customerly", "mike@x.io"), email="m\u0131ke@x.io"),
        "legacy_identifier",
    ),
    (
        "a hidden hyphen",
        Told("intercom", hashed("intercom", "u\u00ad1"), user_id="u\u00ad1"),
        "legacy_identifier",
    ),
    ("upper case", Told("intercom", GOOD.upper(), user_id="u-ada"), "legacy_shape"),
    ("the first half", Told("intercom", GOOD[:32], user_id="u-ada"), "legacy_shape"),
    ("one digit less", Told("intercom", GOOD[:-1], user_id="u-ada"), "legacy_shape"),
    ("one digit more", Told("intercom", GOOD + "0", user_id="u-ada"), "legacy_shape"),
    ("a space behind it", Told("intercom", GOOD + " ", user_id="u-ada"), "legacy_shape"),
    ("a line's end", Told("intercom", GOOD + "\n", user_id="u-ada"), "legacy_shape"),
    ("a NUL behind it", Told("intercom", GOOD + "\0", user_id="u-ada"), "legacy_shape"),
    ("other scripts' digits", Told("intercom", "٣" * 64, user_id="u-ada"), "legacy_shape"),
    ("base64", Told("intercom", "A" * 43 + "=", user_id="u-ada"), "legacy_shape"),
    ("nothing", Told("intercom", "", user_id="u-ada"), "legacy_shape"),
    ("another user's", Told("intercom", hashed("intercom", "u-bob"), user_id="u-ada"), "legacy_hash"),
    (
        "the last digit",
        Told("intercom", GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"), user_id="u-ada"),
        "legacy_hash",
    ),
    ("another product's", Told("chatwoot", GOOD, user_id="u-ada"), "legacy_hash"),
    (
        "the address's, where there is a user id",
        Told("intercom", hashed("intercom", ADA), user_id="u-ada", email=ADA),
        "legacy_hash",
    ),
    (
        "another case of the address",
        Told("crisp", hashed("crisp", "ada@example.com"), email="Ada@example.com"),
        "legacy_hash",
    ),
    (
        "an address that was not lowered",
        Told("customerly", hashed("customerly", "Ada@example.com"), email="Ada@example.com"),
        "legacy_hash",
    ),
    (
        "a letter and its accent apart",
        Told("chatwoot", hashed("chatwoot", "é"), user_id="e\u0301"),
        "legacy_hash",
    ),
    ("dots", Told("crisp", hashed("crisp", "ada.l@example.com"), email="adal@example.com"), "legacy_hash"),
    ("a tag", Told("crisp", hashed("crisp", "ada+x@example.com"), email="ada@example.com"), "legacy_hash"),
    ("a space before it", Told("intercom", hashed("intercom", "u-ada"), user_id=" u-ada"), "legacy_hash"),
    *(
        (f"under {secret!r}", Told("intercom", under(secret, "u-ada"), user_id="u-ada"), "legacy_hash")
        for secret in ("", " ", "null", "undefined", "\0" * 32, "intercom")
    ),
]


@pytest.mark.parametrize(("why", "told", "subject"), PROVES, ids=range(len(PROVES)))
def test_a_good_hash_proves_what_it_is_of(why: str, told: Told, subject: str) -> None:
    result = judge(told, SWITCHES[told.product])
    assert isinstance(result, Named), why
    assert result.subject == subject


@pytest.mark.attack("A-20", "A-23", "A-25")
@pytest.mark.parametrize(("why", "told", "fault"), REFUSED, ids=range(len(REFUSED)))
def test_a_bad_hash_is_told_by_its_exact_fault(why: str, told: Told, fault: HashFault) -> None:
    assert judge(told, SWITCHES[told.product]) == fault, why


@pytest.mark.attack("A-19")
@pytest.mark.parametrize(("why", "told", "subject"), PROVES, ids=range(len(PROVES)))
def test_without_its_switch_a_good_hash_proves_nothing(why: str, told: Told, subject: str) -> None:
    assert judge(told, None) == "legacy_off", (why, subject)


def test_every_fault_has_its_words_and_its_remedy() -> None:
    faults = {fault for _, _, fault in REFUSED} | {"legacy_off", "legacy_spent"}
    assert all(EXPLANATIONS[fault].remedy for fault in faults)


identifiers = st.one_of(st.emails(), st.text(min_size=1, max_size=40), st.sampled_from(["u-ada", ADA, "7"]))


@pytest.mark.attack("A-18", "A-24")
@given(mine=identifiers, hers=identifiers, product=st.sampled_from(PRODUCTS), other=st.sampled_from(PRODUCTS))
def test_a_good_hash_proves_what_it_was_made_of_and_nobody_else(
    mine: str, hers: str, product: LegacyProduct, other: LegacyProduct
) -> None:
    """Whatever Mallory sends with a hash that is hers, in whichever field and to whichever product."""
    hash_of_mine = made(SECRETS[product].encode(), mine)
    proved = {
        result.subject
        for told in (
            Told(sent_to, hash_of_mine, user_id, email)
            for sent_to in (product, other)
            for user_id in (None, mine, hers)
            for email in (None, mine, hers)
        )
        if isinstance(result := judge(told, SWITCHES[told.product]), Named)
    }
    assert {subject.split(":", 2)[2] for subject in proved} <= {mine}
    assert {subject.split(":", 2)[0] for subject in proved} <= {product}


@given(identifier=identifiers)
def test_an_address_is_never_a_user_id(identifier: str) -> None:
    assert not set(names("email", identifier)) & set(names("user_id", identifier))
    assert len(names("email", identifier)) == sum("email" in kinds for kinds in MADE_OF.values())
