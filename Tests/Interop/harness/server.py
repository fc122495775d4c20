"""One server: the folder that describes it, and its life."""

import configparser
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import packages, world
from .packages import Unavailable
from .settings import FIRST_PORT, HERE, LAYERS, LOGS, PKI, RUN, SERVERS

READY = 30.0  # seconds that a server has to answer


@dataclass
class Server:
    """A server as its folder's server.ini describes it."""

    name: str
    folder: Path
    title: str
    version: str
    port: int
    debian: list[str] = field(default_factory=list)
    python: str | None = None
    users: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    like: str | None = None
    arguments: list[str] = field(default_factory=list)
    process: subprocess.Popen | None = None

    @staticmethod
    def load(name: str) -> "Server":
        folder = SERVERS / name
        ini = configparser.ConfigParser()
        if not ini.read(folder / "server.ini"):
            raise SystemExit(f"interop: no server '{name}'; there is {', '.join(names())}")
        entry = ini["server"]
        return Server(
            name=name, folder=folder, title=entry["title"], version=entry["version"], port=FIRST_PORT + int(entry["port"]),
            debian=entry.get("debian", "").split(), python=entry.get("python"), users=entry.get("users", "").split(),
            needs=entry.get("needs", "").split(),
            like=entry.get("like"), arguments=entry.get("arguments", "").split())

    @property
    def run(self) -> Path:
        """Its files while it runs: the copy of its folder, filled in, and `mail`."""
        return RUN / self.name

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    @property
    def configuration(self) -> Path:
        return self.run / "smtpspec.yaml"

    def install(self) -> None:
        """Fetches it, unless that is done already."""
        if self.python:
            packages.venv(self.python)
        else:
            packages.layer(self.debian)

    def installed_version(self) -> str:
        """The version without Debian's part of it."""
        if self.python:
            return self.python.split("==")[1]
        return re.sub(r"^\d+:|[-+].*$", "", packages.layer_version(self.debian))

    def is_verified(self) -> bool:
        """Whether this is the version whose waivers were verified."""
        return re.match(re.escape(self.version) + r"($|[.p])", self.installed_version()) is not None

    def start(self, changes: dict[str, str] | None = None) -> None:
        """Starts it and waits until it answers.

        Its files are filled in: `@PORT@`, `@NAME@`, `@MAIL@` (its mail, seen from outside) and the like, and `@CHANGES:main.cf@`,
        where lines for that file go.
        """
        if self.debian and not world.is_inside():
            raise Unavailable("it needs namespaces, and there are none here")
        if listening(self.port):
            raise Unavailable(f"port {self.port} is taken; set INTEROP_PORT")
        shutil.rmtree(self.run, ignore_errors=True)
        (self.run / "mail").mkdir(parents=True)
        (self.run / "mail").chmod(0o1777)
        for folder in ([SERVERS / self.like] if self.like else []) + [self.folder]:
            for source in folder.iterdir():
                target = self.run / source.name
                target.write_text(self.filled(source.read_text(), changes or {}))
                target.chmod(source.stat().st_mode & 0o777)
        shutil.copytree(PKI, self.run / "pki")
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": "/root", "PORT": str(self.port), "HOST": self.host}
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                self.command(), env=environment, cwd=self.run, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.wait_until_ready()

    @property
    def host(self) -> str:
        return f"{self.name}.interop.test"

    def command(self) -> list[str]:
        if self.python:
            return [str(packages.venv(self.python) / "bin/python"), str(self.run / "start")]
        apart = ["unshare", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child"]
        return [*apart, sys.executable, "-B", str(HERE / "harness/root.py"), str(LAYERS / self.debian[0]), str(self.run), self.host, *self.users]

    def filled(self, text: str, changes: dict[str, str]) -> str:
        values = {"PORT": str(self.port), "NAME": self.name, "HOST": self.host, "MAIL": f"{self.run}/mail", "RUN": str(self.run), "FOLDER": str(self.folder)}

        def value(match: re.Match) -> str:
            kind, _, argument = match[1].partition(":")
            if kind == "CHANGES":
                return changes.get(argument, "")
            if kind == "PORT" and argument:
                return str(Server.load(argument).port)
            if kind == "MAIL" and argument:
                return f"{RUN / argument}/mail"
            return values[kind]

        return re.sub(r"@([A-Z]+(?::[a-z0-9.-]+)?)@", value, text)

    def wait_until_ready(self) -> None:
        end = time.monotonic() + READY
        while time.monotonic() < end:
            if greets(self.port):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        last = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()][-1:]
        raise Unavailable(f"it does not start: {last[0] if last else 'no word'} (all of it: {self.log})")

    def stop(self) -> None:
        """Ends it, and with it every process that it started."""
        if self.process is None:
            return
        # The first process of its namespace goes with unshare, and with that one all others.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        end = time.monotonic() + 5
        while listening(self.port) and time.monotonic() < end:
            time.sleep(0.02)


def names() -> list[str]:
    """Every server there is, in the order of their ports."""
    found = [path.parent.name for path in SERVERS.glob("*/server.ini")]
    return sorted(found, key=lambda name: Server.load(name).port)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def greets(port: int) -> bool:
    """Whether somebody listens, and says 220 within two seconds."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as probe:
            greeting = probe.recv(4)
            probe.sendall(b"QUIT\r\n")
            return greeting.startswith(b"220")
    except OSError:
        return False
