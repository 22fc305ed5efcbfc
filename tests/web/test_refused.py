"""What an owner asked in vain is explained to them, and to nobody else."""

from typing import Any, NoReturn

import pytest

from privity.proofs import routes
from privity.refused import RefusedError
from tests.doors import Script

pytestmark = pytest.mark.anyio


async def test_a_contact_reads_no_word_of_what_is_explained_to_owners(
    ada: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> NoReturn:
        raise RefusedError("This workspace has or had a key called 2026-03.")

    assert (await ada.state()).status_code == 200
    monkeypatch.setattr(routes, "state_of", refuse)

    answer = await ada.state()

    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert "2026-03" not in answer.text
