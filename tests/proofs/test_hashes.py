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


def says(product: LegacyProduct, made_of: str, **beside: str) -> Told:
    """What a page says beside a good hash of something."""
    return Told(product, hashed(product, made_of), **beside)


def with_hash(text: str) -> Told:
    """What a page says of Ada with some hash or other."""
    return Told("intercom", text, user_id="u-ada")


PROVES: list[tuple[str, Told, str]] = [
    ("an address", says("customerly", ADA, email=ADA), f"customerly:email:{ADA}"),
    (
        "Customerly lowers the address first",
        says("customerly", ADA, email="Ada@Example.COM"),
        f"customerly:email:{ADA}",
    ),
    (
        "Customerly's user id is not what was hashed",
        says("customerly", ADA, user_id="u-1", email=ADA),
        f"customerly:email:{ADA}",
    ),
    ("a user id", says("intercom", "u-ada", user_id="u-ada"), "intercom:user_id:u-ada"),
    (
        "a user id before the address beside it",
        says("intercom", "u-ada", user_id="u-ada", email="bob@example.com"),
        "intercom:user_id:u-ada",
    ),
    ("an address alone", says("intercom", ADA, email=ADA), f"intercom:email:{ADA}"),
    (
        "an address as it is written",
        says("intercom", "Ada@Example.com", email="Ada@Example.com"),
        "intercom:email:Ada@Example.com",
    ),
    ("an identifier", says("chatwoot", "7", user_id="7", email="bob@example.com"), "chatwoot:user_id:7"),
    ("an identifier that is an address", says("chatwoot", ADA, user_id=ADA), f"chatwoot:user_id:{ADA}"),
    ("a user id in any script", says("chatwoot", "adé", user_id="adé"), "chatwoot:user_id:adé"),
    ("a signature", says("helpscout", ADA, email=ADA), f"helpscout:email:{ADA}"),
    ("an address", says("crisp", ADA, email=ADA), f"crisp:email:{ADA}"),
]

GOOD = hashed("intercom", "u-ada")
REFUSED: list[tuple[str, Told, HashFault]] = [
    ("no identifier", Told("intercom", GOOD), "legacy_identifier"),
    ("only a user id", says("customerly", "u-1", user_id="u-1"), "legacy_identifier"),
    ("only a user id", says("helpscout", "u-1", user_id="u-1"), "legacy_identifier"),
    ("only a user id", says("crisp", "u-1", user_id="u-1"), "legacy_identifier"),
    ("only an address", says("chatwoot", ADA, email=ADA), "legacy_identifier"),
    ("a blank one", says("intercom", "  ", user_id="  "), "legacy_identifier"),
    ("two lines", says("intercom", "a\nb", user_id="a\nb"), "legacy_identifier"),
    ("a NUL", says("intercom", "a\0", user_id="a\0"), "legacy_identifier"),
    ("a very long one", says("intercom", "u" * 256, user_id="u" * 256), "legacy_identifier"),
    ("the K of kelvin", says("crisp", "\u212aay@x.io", email="\u212aay@x.io"), "legacy_identifier"),
    (
        "the K of kelvin where addresses are lowered",
        says("customerly", "kay@x.io", email="\u212aay@x.io"),
        "legacy_identifier",
    ),
    ("a dotless i", says("customerly", "mike@x.io", email="m\u0131ke@x.io"), "legacy_identifier"),
    ("a hidden hyphen", says("intercom", "u\u00ad1", user_id="u\u00ad1"), "legacy_identifier"),
    ("upper case", with_hash(GOOD.upper()), "legacy_shape"),
    ("the first half", with_hash(GOOD[:32]), "legacy_shape"),
    ("one digit less", with_hash(GOOD[:-1]), "legacy_shape"),
    ("one digit more", with_hash(GOOD + "0"), "legacy_shape"),
    ("a space behind it", with_hash(GOOD + " "), "legacy_shape"),
    ("a line's end", with_hash(GOOD + "\n"), "legacy_shape"),
    ("a NUL behind it", with_hash(GOOD + "\0"), "legacy_shape"),
    ("other scripts' digits", with_hash("٣" * 64), "legacy_shape"),
    ("base64", with_hash("A" * 43 + "="), "legacy_shape"),
    ("nothing", with_hash(""), "legacy_shape"),
    ("another user's", says("intercom", "u-bob", user_id="u-ada"), "legacy_hash"),
    ("the last digit", with_hash(GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")), "legacy_hash"),
    ("another product's", Told("chatwoot", GOOD, user_id="u-ada"), "legacy_hash"),
    (
        "the address's, where there is a user id",
        says("intercom", ADA, user_id="u-ada", email=ADA),
        "legacy_hash",
    ),
    ("another case of the address", says("crisp", "ada@example.com", email="Ada@example.com"), "legacy_hash"),
    (
        "an address that was not lowered",
        says("customerly", "Ada@example.com", email="Ada@example.com"),
        "legacy_hash",
    ),
    ("a letter and its accent apart", says("chatwoot", "é", user_id="e\u0301"), "legacy_hash"),
    ("dots", says("crisp", "ada.l@example.com", email="adal@example.com"), "legacy_hash"),
    ("a tag", says("crisp", "ada+x@example.com", email="ada@example.com"), "legacy_hash"),
    ("a space before it", says("intercom", "u-ada", user_id=" u-ada"), "legacy_hash"),
    *(
        (f"under {secret!r}", with_hash(under(secret, "u-ada")), "legacy_hash")
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
