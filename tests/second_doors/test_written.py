"""The published matrix is the one by which the doors are asked."""

from tests.second_doors.written import FILE, document


def test_the_published_matrix_is_what_is_tried() -> None:
    assert FILE.read_text("utf-8") == document(), (
        "write it: .venv/bin/python -m tests.second_doors.written > docs/security/matrix.md"
    )
