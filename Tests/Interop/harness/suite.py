"""Every case on every server."""

import time
from dataclasses import dataclass, field

from .check import LIMIT, Outcome, check
from .packages import Unavailable
from .server import Server
from .settings import say


@dataclass
class Results:
    """What came of every server."""

    outcomes: list[Outcome] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


def run(servers: list[Server], wanted: list[str], arguments: list[str], end: float, results: Results) -> int:
    """Checks the wanted ones of these servers, one after the other, until the time is up; how many are not as their waivers say."""
    failed, judged, running = 0, 0, {}
    for server in servers:
        try:
            if time.monotonic() > end - LIMIT:
                raise Unavailable("no time is left for it")
            server.install()
            for name in server.needs:
                if name not in running:
                    raise Unavailable(f"it needs {name}, which does not run")
            server.start()
            running[server.name] = server
        except Unavailable as error:
            say(f"{server.name}: skipped: {error}")
            results.skipped[server.name] = str(error)
            continue
        if server.name in wanted:
            outcome = check(server, *arguments)
            results.outcomes.append(outcome)
            if report(outcome):
                judged += 1
                failed += bool(outcome.faults())
        if not any(server.name in other.needs for other in servers):
            running.pop(server.name).stop()
    for server in running.values():
        server.stop()
    skipped = sum(name in results.skipped for name in wanted)
    say(f"{len(wanted)} servers: {judged - failed} as their waivers say, {failed} not, {len(wanted) - judged - skipped} not judged, {skipped} skipped")
    return failed


def report(outcome: Outcome) -> bool:
    """Says what a run came to; whether it is judged."""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in outcome.counts.items() if count)
    say(f"{outcome.server.name} {outcome.server.installed_version()}: {counts} in {outcome.seconds:.1f} s")
    if not outcome.server.is_verified():
        say(f"  not judged: the waivers are those of version {outcome.server.version}")
        return False
    faults = outcome.faults()
    for fault in faults:
        say(f"  {fault}")
    if faults:
        say(f"  the report: {outcome.report}")
    return True
