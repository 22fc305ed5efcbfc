"""What the operator's terminal shows of words that are not ours: names, reasons, what a page said."""

import pytest
from rich.table import Table

from privity.cli.console import complain, marked, say

HOSTILE = "Ada[/] [red]x\\ \x1b[2J\x07\x9b31m \u202emoc.elpmaxe"
SHOWN = r"Ada[/] [red]x\ \u001b[2J\u0007\u009b31m \u202emoc.elpmaxe"


@pytest.mark.attack("A-192")
def test_a_name_gives_the_operators_terminal_no_orders(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("name", box=None, pad_edge=False)
    table.add_row(HOSTILE)
    say(HOSTILE, marked("[bold]{}[/]", HOSTILE), table)
    complain(HOSTILE)

    said = capsys.readouterr()
    assert [line.rstrip() for line in said.out.splitlines()] == [SHOWN, SHOWN, "name", SHOWN]
    assert said.err == f"privity: {SHOWN}\n"


@pytest.mark.attack("A-192")
def test_a_name_that_goes_over_two_lines_is_told_in_one(capsys: pytest.CaptureFixture[str]) -> None:
    say(marked("[red]✗[/] [bold]{}[/]: {}", "sites of Acme\n✓ roles", "None."))

    assert capsys.readouterr().out == "✗ sites of Acme\\u000a✓ roles: None.\n"


def test_what_people_write_in_their_own_script_is_shown_as_they_wrote_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = "Åsa · नमस्ते · 👩‍👩‍👧 · שלום"
    say(words, marked("{}", words))

    assert capsys.readouterr().out == f"{words}\n{words}\n"
