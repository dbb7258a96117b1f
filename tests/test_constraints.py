"""constraints.txt fixes every package, and agrees with pyproject.toml."""

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
#: Lowest versions without a published fault that matters here.
FLOORS = {
    "gradio": "6.16",
    "langchain-core": "1.2.5",
    "langchain-text-splitters": "0.3.9",
    "torch": "2.10",
    "chromadb": "1.5.9",
}


def _pins() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def _required() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    return [
        Requirement(text)
        for text in (*PROJECT["dependencies"], *extras["dev"], *extras["openai"], *extras["bench"])
    ]


def test_every_direct_dependency_is_fixed_at_a_version_that_pyproject_allows() -> None:
    pins = _pins()
    for requirement in _required():
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{name} is not in constraints.txt"
        assert requirement.specifier.contains(pins[name]), f"{requirement} against {pins[name]}"


def test_no_package_is_below_the_floor_that_a_published_fault_sets() -> None:
    pins = _pins()
    for name, floor in FLOORS.items():
        if name in pins:
            assert pins[name] >= Version(floor), name


def test_the_constraints_name_no_path_and_no_host() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert "@" not in text and "://" not in text and "+cpu" not in text
