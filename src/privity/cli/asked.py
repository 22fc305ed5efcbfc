"""What a person may tell any command: which workspace, in which folder, and whether a script reads the answer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from privity.cli.console import CommandError
from privity.settings import Settings

Workspace = Annotated[str | None, Parameter(help="The workspace, by name or id, where there are several.")]
Data = Annotated[Path | None, Parameter(help="The data folder (PRIVITY_DATA, ./privity-data).")]
BaseUrl = Annotated[
    str | None, Parameter(help="The chat's own address as browsers see it (PRIVITY_BASE_URL).")
]
Json = Annotated[bool, Parameter(help="One line of JSON, for a script.", negative="")]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Asked:
    """The options that every command about a workspace has, behind its own."""

    workspace: Workspace = None
    data: Data = None
    json: Json = False

    def settings(self, base_url: str | None = None) -> Settings:
        return Settings.of(data=self.data, base_url=base_url)


UNSAID = Asked()


def id_of(option: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError(
            f"{option} takes an id, such as the one in the inbox's address. {text!r} is none."
        ) from None
