"""The command line: `Tests/Interop/run COMMAND`."""

import os
import shutil
import subprocess
import sys
import time

from . import bench, canary, client, fixes, matrix, suite, world
from .packages import Unavailable
from .peer import Peer
from .server import Server, names
from .settings import BUILD, CLIENTS, RELAYS, certificate, say, smtpspec

HELP = """usage: Tests/Interop/run COMMAND [NAME...]

  list                     the servers, relays and clients, their versions and ports
  install [NAME...]        fetch them, into .build-interop
  test                     check, fixes and a canary of 500, at most fifteen minutes: what `make test` runs
  check [NAME...] [-- OPTION...]
                           start each, run every case on it, stop it; fails on a violation that its waivers.yaml does not
                           have, and on a waiver that is out of date. The options go to smtpspec
  fixes [NAME...]          run some cases on servers with a known repair and without it: they have to tell the two apart
  canary [COUNT]           send so many messages (10000) through Postfix and back, and compare them octet for octet
  results                  check, fixes and a canary of 10000, and the tables of docs/results.md from them: `make interop`
  bench [NAME...]          sessions a second, smtpspec's beside smtp-source's, on each server of SMTP
  with NAME... -- COMMAND  start these, run a command beside them (`-- bash` to look around), stop them
  clean                    remove .build-interop

Environment: SMTPSPEC (the binary), INTEROP (in place of .build-interop), INTEROP_PORT (2600).
"""

BENCHED = ["postfix", "exim", "opensmtpd", "aiosmtpd", "courier", "sendmail", "qpsmtpd"]
BOUND = 14 * 60  # seconds of `test`


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    wanted, extra = (rest[: rest.index("--")], rest[rest.index("--") + 1 :]) if "--" in rest else (rest, [])
    match command:
        case "list":
            for server in chosen([]):
                print(f"{server.name:20} {server.title} {server.version}" + (f"  port {server.port}" if isinstance(server, Server) else ""))
            return 0
        case "install":
            return 1 if install(chosen(wanted)) else 0
        case "clean":
            shutil.rmtree(BUILD, ignore_errors=True)
            return 0
        case "test" | "results" | "check" | "fixes" | "canary" | "bench" | "with":
            smtpspec()
            if not os.environ.get(world.MARK):
                certificate()
                install(needed(command, wanted))
                return world.enter(arguments)
            world.furnish()
            return run(command, wanted, extra)
        case "help" | "--help" | "-h":
            print(HELP, end="")
            return 0
    print(HELP, end="", file=sys.stderr)
    return 2


def load(name: str) -> Peer:
    return client.Client.load(name) if (CLIENTS / name).exists() else Server.load(name)


def everybody() -> list[str]:
    """Every server, relay and client there is."""
    return names() + names(RELAYS) + client.names()


def chosen(wanted: list[str]) -> list[Peer]:
    """The servers, relays and clients with these names, or all, each after those that it needs."""
    order: list[str] = []

    def add(name: str) -> None:
        for other in load(name).needs:
            add(other)
        if name not in order:
            order.append(name)

    for name in wanted or everybody():
        add(name)
    return [load(name) for name in order]


def needed(command: str, wanted: list[str]) -> list[Peer]:
    """What a command fetches before it enters the world, where there is no network."""
    servers = [] if command in ("fixes", "canary") else chosen(wanted)
    if command == "canary":
        servers = [Server.load(canary.SERVER)]
    if command == "bench":
        servers = chosen(wanted or BENCHED) + [Server.load("postfix")]
    if command in ("test", "results", "fixes"):
        repairs = [fixes.Fix.load(name) for name in (wanted or fixes.names())]
        servers += [repair.variant(is_fixed) for repair in repairs for is_fixed in (False, True)]
    return servers


def install(servers: list[Peer]) -> dict[str, str]:
    """Fetches servers; the names of those that cannot be had, and why."""
    missing: dict[str, str] = {}
    for server in servers:
        try:
            server.install()
        except Unavailable as error:
            missing[server.name] = str(error)
            say(f"{server.name}: skipped: {error}")
    return missing


def run(command: str, wanted: list[str], extra: list[str]) -> int:
    """What happens in the world; the exit status."""
    end = time.monotonic() + (BOUND if command == "test" else 3600)
    match command:
        case "test" | "results":
            results = suite.Results()
            peers = [peer for peer in chosen([]) if command == "results" or not peer.is_slow]
            failed = suite.run(peers, [peer.name for peer in peers], [], end, results)
            missed, said = canary.run(500 if command == "test" else 10_000, end)
            if command == "results":
                matrix.write_cases(results)
                matrix.write_tables(results, said)
            failed += fixes.run(fixes.names(), end)
            return 1 if failed + missed else 0
        case "check":
            return 1 if suite.run(chosen(wanted), wanted or everybody(), extra, end, suite.Results()) else 0
        case "fixes":
            return 1 if fixes.run(wanted or fixes.names(), end) else 0
        case "canary":
            return 1 if canary.run(int(wanted[0]) if wanted else 10_000, end)[0] else 0
        case "bench":
            return bench.run([Server.load(name) for name in wanted or BENCHED], end)
    return beside(chosen(wanted), extra or ["bash"])


def beside(servers: list[Server], command: list[str]) -> int:
    """Runs a command while these servers run."""
    started: list[Server] = []
    try:
        for server in servers:
            server.start()
            started.append(server)
            say(f"{server.name} answers on 127.0.0.1:{server.port}, smtpspec.yaml is {server.configuration}")
        return subprocess.call(command)
    except Unavailable as error:
        say(str(error))
        return 1
    finally:
        for server in reversed(started):
            server.stop()
