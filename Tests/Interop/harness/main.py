"""The command line: `Tests/Interop/run COMMAND`."""

import os
import shutil
import subprocess
import sys

from . import suite, world
from .packages import Unavailable
from .server import Server, names
from .settings import BUILD, certificate, say, smtpspec

HELP = """usage: Tests/Interop/run COMMAND [NAME...]

  list                    the servers, their versions and ports
  install [NAME...]       fetch them, into .build-interop
  check [NAME...]         start each, run every case on it, stop it; fails on a violation that its waivers.yaml does not
                          have, and on a waiver that is out of date
  with NAME... -- COMMAND start these, run a command beside them (`-- bash` to look around), stop them
  clean                   remove .build-interop

Environment: SMTPSPEC (the binary), INTEROP (in place of .build-interop), INTEROP_PORT (2600).
"""


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    match command:
        case "list":
            for name in names():
                server = Server.load(name)
                print(f"{name:20} {server.title} {server.version}  port {server.port}")
            return 0
        case "install":
            return 0 if not install(chosen(rest)) else 1
        case "check" | "with":
            return beside(command, rest, arguments)
        case "clean":
            shutil.rmtree(BUILD, ignore_errors=True)
            return 0
        case "help" | "--help" | "-h":
            print(HELP, end="")
            return 0
    print(HELP, end="", file=sys.stderr)
    return 2


def chosen(wanted: list[str]) -> list[Server]:
    """The servers with these names, or all, each after those that it needs."""
    order: list[str] = []

    def add(name: str) -> None:
        for needed in Server.load(name).needs:
            add(needed)
        if name not in order:
            order.append(name)

    for name in wanted or names():
        add(name)
    return [Server.load(name) for name in order]


def install(servers: list[Server]) -> dict[str, str]:
    """Fetches servers; the names of those that cannot be had, and why."""
    missing: dict[str, str] = {}
    for server in servers:
        try:
            server.install()
        except Unavailable as error:
            missing[server.name] = str(error)
            say(f"{server.name}: skipped: {error}")
    return missing


def beside(command: str, rest: list[str], arguments: list[str]) -> int:
    """What runs with servers: first fetched out here, where the network is, then in a world of their own."""
    wanted, extra = (rest[: rest.index("--")], rest[rest.index("--") + 1 :]) if "--" in rest else (rest, [])
    servers = chosen(wanted)
    smtpspec()
    if not os.environ.get(world.MARK):
        certificate()
        install(servers)
        return world.enter(arguments)
    world.furnish()
    if command == "check":
        return suite.run(servers, wanted or names(), extra)
    started: list[Server] = []
    try:
        for server in servers:
            server.start()
            started.append(server)
            say(f"{server.name} answers on 127.0.0.1:{server.port}, smtpspec.yaml is {server.configuration}")
        return subprocess.call(extra or ["bash"])
    except Unavailable as error:
        say(str(error))
        return 1
    finally:
        for server in reversed(started):
            server.stop()
