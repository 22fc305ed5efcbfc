"""The snippets that a site's developer copies, and how each is run where its language is on the machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SNIPPETS = Path(__file__).parents[2] / "sdk" / "snippets"
DRIVERS = Path(__file__).parent / "drivers"


@dataclass(frozen=True)
class Language:
    """A snippet and the small program that calls it.

    Copies of both stand in a folder of their own, where `build` makes what `run` starts. What is told of the user
    follows `run`.
    """

    name: str
    snippet: str
    driver: str
    run: tuple[str, ...]
    build: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        return SNIPPETS / self.name / self.snippet

    def is_here(self) -> bool:
        """Whether this machine can run it."""
        return all(shutil.which(words[0]) for words in (self.run, self.build) if words)

    def sign(self, folder: Path, told: tuple[str, ...], settings: Mapping[str, str]) -> str:
        """The token that the snippet signs, with the site's settings in its environment."""
        for file in (self.file, *(DRIVERS / name for name in (self.driver, *self.more))):
            shutil.copy(file, folder)
        if self.build:
            in_folder(folder, self.build, settings)
        return in_folder(folder, (*self.run, *told), settings).strip()


def in_folder(folder: Path, command: tuple[str, ...], settings: Mapping[str, str]) -> str:
    """What a command says, run in a folder by a machine that reads and writes UTF-8."""
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8", **settings}
    done = subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


NEWEST_DOTNET = "net$(dotnet --version | cut -d. -f1).0"
LANGUAGES = (
    Language("python", "identity.py", "drive.py", run=(sys.executable, "drive.py")),
    Language("node", "identity.mjs", "drive.mjs", run=("node", "drive.mjs")),
    Language("php", "identity.php", "drive.php", run=("php", "drive.php")),
    Language("ruby", "identity.rb", "drive.rb", run=("ruby", "drive.rb")),
    Language("go", "identity.go", "drive.go", run=("go", "run", "identity.go", "drive.go")),
    Language(
        "java",
        "Identity.java",
        "Drive.java",
        build=("javac", "-encoding", "UTF-8", "Identity.java", "Drive.java"),
        run=("java", "Drive"),
    ),
    Language(
        "csharp",
        "Identity.cs",
        "Drive.cs",
        more=("drive.csproj",),
        build=("sh", "-c", f"dotnet build --nologo -o built -p:TargetFramework={NEWEST_DOTNET}"),
        run=("dotnet", "built/drive.dll"),
    ),
)
HERE = [language for language in LANGUAGES if language.is_here()]
