"""The table of docs/results.md: what every case says of every server."""

import re
import subprocess
from dataclasses import dataclass

from .check import Outcome
from .settings import BUILD, PROJECT, smtpspec

PAGE = PROJECT / "docs/results.md"
CASES = PROJECT / "docs/results/matrix.md"
BEGIN, END = "<!-- made by `make interop`: begin -->", "<!-- made by `make interop`: end -->"
HEAD = "| server | cases | satisfied | violated: MUST | violated: SHOULD | latitude | inconclusive | not applicable | seconds | cases a second |"


@dataclass
class Row:
    """One server's line."""

    title: str
    version: str
    cells: list[str]

    @staticmethod
    def of(outcome: Outcome) -> "Row":
        counts = outcome.counts
        tried = sum(count for verdict, count in counts.items() if verdict != "not-applicable")
        return Row(outcome.server.title, outcome.server.installed_version(), [
            str(sum(counts.values())), str(counts.get("satisfied", 0)), str(outcome.level("must")), str(outcome.level("should")),
            str(counts.get("latitude", 0)), str(counts.get("inconclusive", 0)), str(counts.get("not-applicable", 0)),
            f"{outcome.seconds:.1f}", f"{tried / outcome.seconds:.0f}" if outcome.seconds else "",
        ])

    def text(self) -> str:
        return f"| {self.title} {self.version} | " + " | ".join(self.cells) + " |"


def table(outcomes: list[Outcome], skipped: dict[str, str]) -> str:
    lines = [HEAD, "|" + "---|" * HEAD.count(" | ") + "---|", *(Row.of(outcome).text() for outcome in outcomes)]
    kind = "release" if "release" in smtpspec().parts else "debug"
    told = f"\nA {kind} build of smtpspec, wall time, everything on one machine. The columns of violations count the waived ones."
    return "\n".join([*lines, told, *(f"\nSkipped: {name}: {reason}." for name, reason in skipped.items())])


def write_cases(outcomes: list[Outcome]) -> None:
    """Writes the page of the cases that a server violates, and the whole matrix beside the events, both as `smtpspec matrix` has them."""
    events = [f"{outcome.server.name}={outcome.events}" for outcome in outcomes]
    whole = BUILD / "matrix.md"
    forms = ["--report", f"markdown={whole}", "--report", f"html={BUILD / 'matrix.html'}"]
    subprocess.run([str(smtpspec()), "matrix", *events, *forms], check=True, stdin=subprocess.DEVNULL, timeout=120)
    violated = whole.read_text().partition("<details>")[0]
    head = "# What real servers violate\n\nMade by `make interop`; [the pages](../results.md) argue each. The cases that every one keeps are left out.\n\n"
    CASES.write_text(head + violated.rstrip() + "\n")


def write(text: str) -> None:
    """Puts a text between the marks of the page, in place of what stood there."""
    page = PAGE.read_text()
    begin, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    PAGE.write_text(f"{page[:begin]}\n{text}\n{page[end:]}")


def canary(text: str) -> str:
    """The figure of the canary as a sentence."""
    found = re.search(r"(\d+) messages of (\d+) octets, seed (\d+): (\d+) arrived octet for octet, (\d+) faults, ([\d.]+) s", text)
    if not found:
        return ""
    count, octets, seed, whole, faults, seconds = found.groups()
    return (f"\nThe canary: {int(count):,} generated messages ({int(octets):,} octets, seed {seed}) through Postfix and back in {seconds} s: "
            f"{int(whole):,} arrived once and octet for octet, {faults} faults.")
