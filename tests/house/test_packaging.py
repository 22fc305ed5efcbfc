"""What reaches a newcomer's machine is whole, pinned, and names nobody's registry."""

import ast
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORDS = [ROOT / "bin" / word for word in ("demo", "dev", "check", "test")]
HOST = re.compile(r"https?://|file:|--(extra-)?index-url|--find-links")


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel and an sdist of this checkout, made by the build backend itself."""
    folder = tmp_path_factory.mktemp("distributions")
    for act in ("build_wheel", "build_sdist"):
        program = f"from hatchling import build; build.{act}({str(folder)!r})"
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    return folder


def files_of_the_front_end(names: list[str]) -> set[str]:
    """The built files among these, without their hashes."""
    built = (name.partition("privity/web/static/")[2] for name in names)
    return {re.sub(r"-[A-Z0-9]{8}\.", "-HASH.", name) for name in built if name}


FRONT_END = {
    "callback/app-HASH.css",
    "callback/app-HASH.js",
    "manifest.json",
    "made-from",
    "loader.js",
    "integrate.md",
    "compat/customerly.js",
    "compat/intercom.js",
    "compat/chatwoot.js",
    "compat/crisp.js",
    "widget/app-HASH.js",
    "widget/app-HASH.css",
    "widget/chunk-HASH.js",
    "widget/seldom-HASH.js",
    "inbox/app-HASH.js",
    "inbox/app-HASH.css",
}


def test_who_installs_the_wheel_gets_the_whole_front_end(distributions: Path) -> None:
    """All of it, and nothing that an earlier build left."""
    with zipfile.ZipFile(next(distributions.glob("*.whl"))) as wheel:
        assert files_of_the_front_end(wheel.namelist()) == FRONT_END


def test_who_builds_from_the_sdist_needs_no_node(distributions: Path, tmp_path: Path) -> None:
    """The front-end in it is current, so building again asks for nothing."""
    with tarfile.open(next(distributions.glob("*.tar.gz"))) as sdist:
        assert files_of_the_front_end(sdist.getnames()) >= FRONT_END
        sdist.extractall(tmp_path, filter="data")
    tree = next(tmp_path.iterdir())
    program = "import hatch_build, pathlib; raise SystemExit(not hatch_build.is_current(pathlib.Path()))"
    assert subprocess.run([sys.executable, "-c", program], cwd=tree, check=False).returncode == 0


def test_nobody_can_read_our_sources_from_what_is_shipped() -> None:
    """No source maps: neither as files nor inside the scripts."""
    built = [path for path in (ROOT / "src/privity/web/static").rglob("*") if path.is_file()]
    assert built, "needs a built front-end for this test to mean anything"
    assert not [path for path in built if path.suffix == ".map" or b"sourceMappingURL" in path.read_bytes()]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-node.lock"])
def test_every_python_package_is_pinned_by_hash_and_named_by_no_host(lock: str) -> None:
    """What is installed is what was reviewed, wherever it is fetched from."""
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^ *#.*\n?", "", text).strip())
    assert entries, "needs packages for this test to mean anything"
    assert not [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
    assert not HOST.search("\n".join(entries))


def test_the_front_ends_lock_names_no_registry() -> None:
    """npm then asks the registry that the machine is set to."""
    text = (ROOT / "web/package-lock.json").read_text()
    assert text.count('"integrity"') > 5, "needs pinned packages for this test to mean anything"
    assert '"resolved"' not in text


@pytest.mark.parametrize("word", [*WORDS, ROOT / ".ci/run"], ids=lambda word: word.name)
def test_each_word_runs(word: Path) -> None:
    """It may be executed, and bash can read it and what it is built on."""
    assert word.stat().st_mode & 0o111
    for script in (word, ROOT / "bin/_setup"):
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_the_judge_imports_the_standard_library_alone() -> None:
    """What decides can be read and tested without a database, a server or a clock of anybody else's."""
    modules = list((ROOT / "src/privity/policy").glob("*.py"))
    assert modules, "needs the judge for this test to mean anything"
    imported = {name for module in modules for name in imports(module)}
    assert not {name for name in imported if not is_the_judges_own(name)}


def imports(module: Path) -> list[str]:
    """The full names of the modules that this one imports."""
    nodes = list(ast.walk(ast.parse(module.read_text())))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]


def is_the_judges_own(name: str) -> bool:
    """A module of the standard library, or another of the judge's."""
    package, _, rest = name.partition(".")
    return package in sys.stdlib_module_names or (package == "privity" and rest.split(".")[0] == "policy")
