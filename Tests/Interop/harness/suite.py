"""Every case on every server."""

import time

from .check import LIMIT, Outcome, check
from .packages import Unavailable
from .server import Server
from .settings import say


def run(servers: list[Server], wanted: list[str], arguments: list[str], end: float) -> int:
    """Checks the wanted ones of these servers, one after the other, until the time is up; how many are not as their waivers say."""
    skipped, failed, judged, running = 0, 0, 0, {}
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
            skipped += 1
            continue
        if server.name in wanted:
            outcome = check(server, *arguments)
            if report(outcome):
                judged += 1
                failed += bool(outcome.faults())
            else:
                skipped += 1
        if not any(server.name in other.needs for other in servers):
            running.pop(server.name).stop()
    for server in running.values():
        server.stop()
    say(f"{len(wanted)} servers: {judged - failed} as their waivers say, {failed} not, {skipped} skipped")
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
