"""What a site's own tests say of its token endpoint: who is proved, and what is wrong with an answer."""

import json

import httpx
import pytest

from privity_client import Chat, Identity, SigningKey
from privity_client.pytest_plugin import Witness

pytest_plugins = ("pytester",)

ADA = Identity("u-ada", "ada@example.com")
NO_STORE = {"Cache-Control": "no-store"}


def answer(status: int, content: object = None, headers: dict[str, str] = NO_STORE) -> httpx.Response:
    return httpx.Response(status, content=b"" if content is None else json.dumps(content), headers=headers)


def test_a_site_without_any_set_up_has_the_fixture(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from privity_client import Identity

        def test_ada(privity):
            assert privity.named_in(privity.sign(Identity("test:ada"))).subject == "test:ada"
        """
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_a_good_answer_proves_ada(privity: Witness) -> None:
    assert privity.proved_by(answer(200, {"token": privity.sign(ADA)})) == ADA


@pytest.mark.parametrize("said", [None, "a.b.c", {"jwt": "a.b.c"}, []])
def test_an_answer_of_another_shape_fails_the_test(said: object, privity: Witness) -> None:
    with pytest.raises(pytest.fail.Exception, match='"token"'):
        privity.proved_by(answer(200, said))


def test_a_token_that_a_cache_may_keep_fails_the_test(privity: Witness) -> None:
    with pytest.raises(pytest.fail.Exception, match="no-store"):
        privity.proved_by(answer(200, {"token": privity.sign(ADA)}, headers={}))


def test_a_token_by_another_key_fails_the_test(privity: Witness) -> None:
    other = Chat(privity.chat.address, privity.chat.workspace, SigningKey("test", "o" * 32))
    with pytest.raises(pytest.fail.Exception, match="not signed with"):
        privity.proved_by(answer(200, {"token": other.sign(ADA)}))


def test_a_token_for_another_workspace_fails_the_test(privity: Witness) -> None:
    other = Chat(privity.chat.address, "another", privity.chat.key)
    with pytest.raises(pytest.fail.Exception, match="another workspace"):
        privity.proved_by(answer(200, {"token": other.sign(ADA)}))


def test_nobody_is_no_proof_and_a_proof_is_not_nobody(privity: Witness) -> None:
    privity.nobody_in(answer(204))
    with pytest.raises(pytest.fail.Exception, match="proves nobody"):
        privity.proved_by(answer(204))
    for wrong in (answer(200, {"token": None}), answer(401)):
        with pytest.raises(pytest.fail.Exception, match="only an empty 204"):
            privity.nobody_in(wrong)


def test_a_site_that_answers_another_sites_page_fails_the_test(privity: Witness) -> None:
    privity.refused_by(answer(403))
    with pytest.raises(pytest.fail.Exception, match="another site"):
        privity.refused_by(answer(200, {"token": privity.sign(ADA)}))
