"""A gate's verdict for machines: JUnit XML, and annotations of GitHub's workflows. Pure."""

from collections.abc import Iterator
from xml.etree import ElementTree

from evals.compare import Change
from evals.gate import Verdict


def drop_line(one: Change) -> str:
    """A drop in words."""
    held = one.difference
    return (
        f"{one.metric.en} got worse over {one.slice}: {one.before:.3f} to {one.after:.3f} "
        f"({held.estimate.cases} cases, {held.worse} worse, {held.better} better, p = {one.chance:.2g})"
    )


def problems(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """(name, what is wrong) of everything that a gate fails for."""
    for breach in verdict.breaches:
        yield f"hard rule {breach.rule}, case {breach.case}", f"case {breach.case} {breach.words}"
    for one in verdict.drops:
        yield f"{one.metric.name} over {one.slice}", drop_line(one)


def junit(library: str, verdict: Verdict) -> str:
    """One test suite with a failed test a problem, or a single passed one."""
    found = list(problems(verdict))
    suite = ElementTree.Element(
        "testsuite",
        name=f"desk eval gate, {library}",
        tests=str(max(len(found), 1)),
        failures=str(len(found)),
        errors="0",
    )
    for name, words in found or [("no drop, no hard rule broken", "")]:
        case = ElementTree.SubElement(suite, "testcase", classname=f"evals.{library}", name=name)
        if words:
            ElementTree.SubElement(case, "failure", message=words)
    return ElementTree.tostring(suite, "unicode", xml_declaration=True)


def annotations(library: str, verdict: Verdict) -> Iterator[str]:
    """Workflow commands as GitHub reads them: an error a problem."""
    for name, words in problems(verdict):
        yield f"::error title={_escaped(f'{library}: {name}', ':,')}::{_escaped(words)}"


def _escaped(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
