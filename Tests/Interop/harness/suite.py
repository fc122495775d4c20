"""Every case on every server."""

import time

from .check import LIMIT, Outcome, check
from .packages import Unavailable
from .server import Server
from .settings import say


BOUND = 14 * 60 - LIMIT  # seconds after which no other server is begun


def run(servers: list[Server], wanted: list[str], arguments: list[str]) -> int:
    """Checks the wanted ones of these servers, one after the other; the exit status."""
    outcomes, skipped, running = [], {}, {}
    begun = time.monotonic()
    for server in servers:
        try:
            if time.monotonic() - begun > BOUND:
                raise Unavailable("no time is left for it")
            server.install()
            for name in server.needs:
                if name not in running:
                    raise Unavailable(f"it needs {name}, which does not run")
            server.start()
            running[server.name] = server
        except Unavailable as error:
            skipped[server.name] = str(error)
            continue
        if server.name in wanted:
            outcomes.append(check(server, *arguments))
        if not any(server.name in other.needs for other in servers):
            running.pop(server.name).stop()
    for server in running.values():
        server.stop()
    return report(outcomes, skipped, len(wanted))


def report(outcomes: list[Outcome], skipped: dict[str, str], total: int) -> int:
    failed = 0
    for outcome in outcomes:
        faults = outcome.faults()
        version = outcome.server.installed_version()
        counts = ", ".join(f"{count} {verdict}" for verdict, count in outcome.counts.items() if count)
        say(f"{outcome.server.name} {version}: {counts} in {outcome.seconds:.1f} s")
        if not outcome.server.is_verified():
            say(f"  not judged: the waivers are those of version {outcome.server.version}")
            continue
        failed += bool(faults)
        for fault in faults:
            say(f"  {fault}")
        if faults:
            say(f"  the report: {outcome.report}")
    for name, reason in skipped.items():
        say(f"{name}: skipped: {reason}")
    say(f"{total} servers: {len(outcomes) - failed} as their waivers say, {failed} not, {len(skipped)} skipped")
    return 1 if failed else 0
