"""Faults that were mended in real servers: a server without the repair is convicted, and with it it is not.

Each `fixes/NAME.ini` names a server, what differs with and without the repair, and the cases that tell the two apart.
"""

import configparser
import time
from dataclasses import dataclass, replace

from .check import check
from .packages import Unavailable
from .server import Server
from .settings import FIXES, say


@dataclass
class Fix:
    """One repair."""

    name: str
    title: str
    server: Server
    file: str
    reverted: str
    fixed: str
    cases: list[str]

    @staticmethod
    def load(name: str) -> "Fix":
        ini = configparser.ConfigParser(interpolation=None)
        ini.read(FIXES / f"{name}.ini")
        entry = ini["fix"]
        return Fix(
            name=name, title=entry["title"], server=Server.load(entry["server"]), file=entry.get("file", ""),
            reverted=entry["reverted"], fixed=entry["fixed"], cases=entry["cases"].split())

    def variant(self, is_fixed: bool) -> Server:
        """The server with the repair, or without: another version of its package, or a line more in a file of it."""
        text = self.fixed if is_fixed else self.reverted
        return replace(self.server, python=text) if not self.file else self.server

    def changes(self, is_fixed: bool) -> dict[str, str]:
        return {self.file: self.fixed if is_fixed else self.reverted} if self.file else {}

    def verdicts(self, is_fixed: bool) -> dict[str, str]:
        """What came of the cases."""
        server = self.variant(is_fixed)
        server.install()
        server.start(self.changes(is_fixed))
        try:
            only = [part for case in self.cases for part in ("--only", case)]
            outcome = check(server, *only, name=f"{self.name}-{'fixed' if is_fixed else 'reverted'}")
        finally:
            server.stop()
        return {case["case"]: case["verdict"] for case in outcome.cases}

    def faults(self) -> list[str]:
        """What does not hold, a line each."""
        found = []
        for is_fixed, wanted in ((False, ("violated", "waived")), (True, ("satisfied", "latitude"))):
            verdicts = self.verdicts(is_fixed)
            if not verdicts:
                found.append(f"no case ran {'with' if is_fixed else 'without'} it")
            for case, verdict in verdicts.items():
                if verdict not in wanted:
                    found.append(f"{case} is {verdict} {'with' if is_fixed else 'without'} it")
        return found


def names() -> list[str]:
    """Every repair there is."""
    return sorted(path.stem for path in FIXES.glob("*.ini"))


def run(wanted: list[str], end: float) -> int:
    """Tries these repairs; how many do not tell the server with it from the one without."""
    failed = 0
    for name in wanted:
        fix = Fix.load(name)
        begun = time.monotonic()
        try:
            if time.monotonic() > end:
                raise Unavailable("no time is left for it")
            faults = fix.faults()
        except Unavailable as error:
            say(f"{name}: skipped: {error}")
            continue
        seconds = time.monotonic() - begun
        say(f"{name}: {'told apart' if not faults else 'not told apart'}, in {seconds:.1f} s: {fix.title}")
        for fault in faults:
            say(f"  {fault}")
        failed += bool(faults)
    return failed
