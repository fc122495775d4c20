"""What sessions cost, ours and smtp-source's against the same servers, in turn, in one run; and how long every case takes on each."""

import os
import statistics
import subprocess
import time

from . import packages
from .check import check
from .packages import Unavailable
from .server import Server
from .settings import say, smtpspec

ROUNDS = int(os.environ.get("ROUNDS", "3"))
CONNECTIONS = (1, 16)
COUNT = {1: 200, 16: 800}
LIMIT = 120  # seconds of one measurement


def run(servers: list[Server], end: float) -> int:
    """Says how many sessions a second each client gets through each server, the median of some rounds, and how many cases a second are run."""
    ours = smtpspec().parent / "SessionBenchmark"
    if not ours.exists():
        say(f"there is no {ours}: `swift build -c release --product SessionBenchmark` makes it")
        return 1
    peer = packages.layer(Server.load("postfix").debian)
    source = [str(peer / "usr/sbin/smtp-source"), "-l", "1024", "-M", "client.example.org", "-f", "sender@example.org", "-t", "alice@example.test"]
    environment = {**os.environ, "LD_LIBRARY_PATH": str(peer / "usr/lib/postfix"), "MAIL_CONFIG": str(peer / "usr/share/postfix")}
    print("| server | at once | smtpspec, sessions a second | smtp-source | ratio |\n|---|---|---|---|---|")
    suites: list[str] = []
    for server in servers:
        if time.monotonic() > end:
            say(f"{server.name}: skipped: no time is left for it")
            continue
        try:
            server.start()
        except Unavailable as error:
            say(f"{server.name}: skipped: {error}")
            continue
        try:
            address = f"127.0.0.1:{server.port}"
            for connections in CONNECTIONS:
                count = COUNT[connections]
                rates: dict[str, list[float]] = {"ours": [], "source": []}
                for _ in range(ROUNDS):
                    rates["ours"].append(rate([str(ours), address, str(count), str(connections)], count, os.environ))
                    rates["source"].append(rate([*source, "-s", str(connections), "-m", str(count), address], count, environment))
                mine, other = statistics.median(rates["ours"]), statistics.median(rates["source"])
                print(f"| {server.title} {server.installed_version()} | {connections} | {mine:.0f} | {other:.0f} | {mine / other:.2f} |", flush=True)
            suites.append(suite(server))
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            say(f"{server.name}: {error}")
        finally:
            server.stop()
    print("\n| server | cases | seconds | cases a second | the longest case, seconds |\n|---|---|---|---|---|")
    print("\n".join(suites))
    return 0


def suite(server: Server) -> str:
    """Runs every case once: how many were put to the server, and how long it took."""
    outcome = check(server)
    put = [case["milliseconds"] / 1000 for case in outcome.cases if case["attempts"]]
    if outcome.finished is None or not put:
        raise RuntimeError(f"the run did not end (status {outcome.status}); see {outcome.report}")
    return f"| {server.title} {server.installed_version()} | {len(put)} | {outcome.seconds:.1f} | {len(put) / outcome.seconds:.0f} | {max(put):.1f} |"


def rate(command: list[str], count: int, environment) -> float:
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, env=environment)
    seconds = time.monotonic() - begun
    if done.returncode != 0:
        said = " ".join((done.stdout + done.stderr).split())[-200:]
        raise RuntimeError(f"{os.path.basename(command[0])} ended with status {done.returncode}: {said}")
    return count / seconds
