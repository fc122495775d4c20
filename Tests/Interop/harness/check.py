"""Runs `smtpspec check` on a server, and says what came of it."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .peer import Peer
from .settings import EVENTS, LOGS, smtpspec

# Exit statuses of smtpspec (README.md).
STALE, DIED = 4, 5


@dataclass
class Outcome:
    """What a run of smtpspec ended with."""

    server: Peer
    status: int
    events: Path
    report: Path
    finished: dict | None
    cases: list[dict]

    @property
    def counts(self) -> dict[str, int]:
        return self.finished.get("counts", {}) if self.finished else {}

    @property
    def seconds(self) -> float:
        return self.finished["milliseconds"] / 1000 if self.finished else float("nan")

    def level(self, level: str) -> int:
        """How many cases of this level are violated, waived or not."""
        return sum(1 for case in self.cases if case["verdict"] in ("violated", "waived") and case["level"] == level)

    def of_other_roles(self) -> int:
        """How many cases are not for its role at all."""
        return sum(1 for case in self.cases if case.get("reason", "").startswith("for the role "))

    def faults(self) -> list[str]:
        """What is wrong, a line each; nothing where all is as the waivers say."""
        if self.finished is None:
            return [f"the run did not end (status {self.status}); see {self.report}"]
        new = [f"{case['case']}: {case['violation']['observed'][:200]}" for case in self.cases if case["verdict"] == "violated"]
        if self.status in (0, 1, STALE):
            return new + self.finished.get("staleWaivers", [])
        return new + [f"{self.finished['outcome']}: {self.finished.get('detail', '')} (status {self.status})"]


def check(server: Peer, *arguments: str, name: str | None = None) -> Outcome:
    """Runs every case, or those that the arguments select, on a server that is running."""
    name = name or server.name
    EVENTS.mkdir(parents=True, exist_ok=True)
    events, report = EVENTS / f"{name}.jsonl", LOGS / f"{name}.report"
    events.unlink(missing_ok=True)
    command = [str(smtpspec()), "check", "--config", str(server.configuration), f"--json={events}", "--color=never", *server.arguments, *arguments]
    with open(report, "w") as out:
        try:
            status = subprocess.run(server.checking(command), stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=server.limit).returncode
        except subprocess.TimeoutExpired:
            status = -1
    lines = read(events)
    finished = next((line for line in lines if line["event"] == "run-finished"), None)
    return Outcome(server, status, events, report, finished, [line for line in lines if line["event"] == "case-finished"])


def read(events: Path) -> list[dict]:
    """The events of a run; the last line of one that was killed may be cut."""
    found = []
    for line in events.read_text().splitlines() if events.exists() else []:
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            break
    return found
