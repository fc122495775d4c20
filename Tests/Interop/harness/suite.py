"""Every case on every server, relay and client."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from .check import Outcome, check
from .packages import Unavailable
from .peer import Peer
from .settings import say


# Servers, relays and clients wait most of the time: so many of them are checked at once.
LANES = 2


@dataclass
class Results:
    """What came of each of them."""

    outcomes: list[Outcome] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, *kinds: str) -> list[Outcome]:
        """The outcomes of servers, relays or clients."""
        return [outcome for outcome in self.outcomes if outcome.server.kind in kinds]


def run(peers: list[Peer], wanted: list[str], arguments: list[str], end: float, results: Results) -> int:
    """Checks the wanted ones until the time is up: servers, then relays and clients; how many are not as their waivers say."""
    servers = together([peer for peer in peers if peer.kind == "servers"])
    others = sorted((peer for peer in peers if peer.kind != "servers"), key=lambda peer: (-peer.limit, peer.kind != "relays"))
    for groups in (servers, [[peer] for peer in others]):
        with ThreadPoolExecutor(LANES) as pool:
            for done in [pool.submit(one_by_one, group, wanted, arguments, end, results) for group in groups]:
                done.result()
    order = [peer.name for peer in peers]
    results.outcomes.sort(key=lambda outcome: order.index(outcome.server.name))
    judged = [outcome for outcome in results.outcomes if outcome.server.is_verified()]
    failed = sum(bool(outcome.faults()) for outcome in judged)
    skipped = sum(name in results.skipped for name in wanted)
    others = len(results.outcomes) - len(judged)
    say(f"{len(wanted)} servers, relays and clients: {len(judged) - failed} as their waivers say, {failed} not, {others} not judged, {skipped} skipped")
    return failed


def together(peers: list[Peer]) -> list[list[Peer]]:
    """The same in groups, each peer in that of those that it needs."""
    groups: list[list[Peer]] = []
    for peer in peers:
        group = next((group for group in groups if any(other.name in peer.needs for other in group)), None)
        if group is None:
            groups.append([peer])
        else:
            group.append(peer)
    return groups


def one_by_one(peers: list[Peer], wanted: list[str], arguments: list[str], end: float, results: Results) -> None:
    """Starts each, checks it where it is wanted, and stops it when nobody needs it any longer."""
    running = {}
    for peer in peers:
        try:
            if time.monotonic() > end - peer.limit:
                raise Unavailable("no time is left for it")
            peer.install()
            for name in peer.needs:
                if name not in running:
                    raise Unavailable(f"it needs {name}, which does not run")
            peer.start()
            running[peer.name] = peer
        except Unavailable as error:
            say(f"{peer.name}: skipped: {error}")
            results.skipped[peer.name] = str(error)
            continue
        if peer.name in wanted:
            outcome = check(peer, *arguments)
            with results.lock:
                results.outcomes.append(outcome)
                report(outcome)
        if not any(peer.name in other.needs for other in peers):
            running.pop(peer.name).stop()
    for peer in running.values():
        peer.stop()


def report(outcome: Outcome) -> None:
    """Says what a run came to."""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in outcome.counts.items() if count)
    say(f"{outcome.server.name} {outcome.server.installed_version()}: {counts} in {outcome.seconds:.1f} s")
    if not outcome.server.is_verified():
        say(f"  not judged: the waivers are those of version {outcome.server.version}")
        return
    faults = outcome.faults()
    for fault in faults:
        say(f"  {fault}")
    if faults:
        say(f"  the report: {outcome.report}")
