"""The tables of docs/results.md: what every case says of every server, relay and client."""

import re
import subprocess
from dataclasses import dataclass

from .check import Outcome
from .settings import BUILD, PROJECT, smtpspec
from .suite import Results

PAGE = PROJECT / "docs/results.md"
CASES = PROJECT / "docs/results/matrix.md"
BEGIN, END = "<!-- made by `make interop`{}: begin -->", "<!-- made by `make interop`{}: end -->"
HEAD = "| {} | cases | satisfied | violated: MUST | violated: SHOULD | latitude | inconclusive | not applicable | seconds |"
RATE = " cases a second |"


@dataclass
class Row:
    """The line of one."""

    title: str
    version: str
    cells: list[str]

    @staticmethod
    def of(outcome: Outcome) -> "Row":
        counts = outcome.counts
        tried = sum(count for verdict, count in counts.items() if verdict != "not-applicable")
        # What is for another role says nothing of a relay or a client; most cases are.
        foreign = 0 if outcome.server.kind == "servers" else outcome.of_other_roles()
        return Row(outcome.server.title, outcome.server.installed_version(), [
            str(sum(counts.values()) - foreign), str(counts.get("satisfied", 0)), str(outcome.level("must")), str(outcome.level("should")),
            str(counts.get("latitude", 0)), str(counts.get("inconclusive", 0)), str(counts.get("not-applicable", 0) - foreign),
            f"{outcome.seconds:.1f}", *([f"{tried / outcome.seconds:.0f}" if outcome.seconds else ""] if outcome.server.kind == "servers" else []),
        ])

    def text(self) -> str:
        return f"| {self.title} {self.version} | " + " | ".join(self.cells) + " |"


def table(outcomes: list[Outcome], head: str) -> str:
    head = HEAD.format(head) + (RATE if head == "server" else "")
    rule = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([head, rule, *(Row.of(outcome).text() for outcome in outcomes)])


def write_tables(results: Results, said: str) -> None:
    """Puts the tables into the page, and what the canary said."""
    kind = "release" if "release" in smtpspec().parts else "debug"
    told = f"A {kind} build of smtpspec, wall time, everything on one machine. The columns of violations count the waived ones."
    skipped = [f"Skipped: {name}: {reason}." for name, reason in results.skipped.items()]
    write("", "\n\n".join([table(results.of("servers"), "server"), told, *skipped]) + "\n" + canary(said))
    others = table(results.of("relays"), "relay") + "\n\n" + table(results.of("clients"), "client")
    write(", relays and clients", others + "\n\nThe cases for their role alone; two of them were checked at a time.")


def write_cases(results: Results) -> None:
    """Writes the page of the cases that one of them violates, and the whole matrices beside the events, as `smtpspec matrix` has them."""
    head = "# What real servers and clients violate\n\nMade by `make interop`; [the pages](../results.md) argue each. The cases that every one keeps are left out.\n"
    parts = [violated(results.of(kind), kind) for kind in ("servers", "relays", "clients") if results.of(kind)]
    CASES.write_text("\n".join([head, *parts]))


def violated(outcomes: list[Outcome], kind: str) -> str:
    events = [f"{outcome.server.name}={outcome.events}" for outcome in outcomes]
    whole = BUILD / f"matrix-{kind}.md"
    forms = ["--report", f"markdown={whole}", "--report", f"html={BUILD / f'matrix-{kind}.html'}"]
    subprocess.run([str(smtpspec()), "matrix", *events, *forms], check=True, stdin=subprocess.DEVNULL, timeout=120)
    text = whole.read_text().partition("<details>")[0].replace("at least one server", "at least one")
    return re.sub(r"^## .*", f"## {len(outcomes)} {kind}", text).rstrip() + "\n"


def write(which: str, text: str) -> None:
    """Puts a text between the marks of the page, in place of what stood there."""
    page = PAGE.read_text()
    begin, end = BEGIN.format(which), END.format(which)
    PAGE.write_text(f"{page[: page.index(begin) + len(begin)]}\n{text}\n{page[page.index(end) :]}")


def canary(text: str) -> str:
    """The figure of the canary as a sentence."""
    found = re.search(r"(\d+) messages of (\d+) octets, seed (\d+): (\d+) arrived octet for octet, (\d+) faults, ([\d.]+) s", text)
    if not found:
        return ""
    count, octets, seed, whole, faults, seconds = found.groups()
    return (f"\nThe canary: {int(count):,} generated messages ({int(octets):,} octets, seed {seed}) through Postfix and back in {seconds} s: "
            f"{int(whole):,} arrived once and octet for octet, {faults} faults.")
