"""One server: the folder that describes it, and its life."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from . import packages, world
from .packages import Unavailable
from .peer import Peer
from .settings import RELAYS, RUN, SERVERS

READY = 30.0  # seconds that a server has to answer


@dataclass
class Server(Peer):
    """A server as its folder's server.ini describes it."""

    process: subprocess.Popen | None = None

    @staticmethod
    def load(name: str) -> "Server":
        return Server(**Peer.fields(next((path for path in (SERVERS / name, RELAYS / name) if path.exists()), SERVERS / name), "server"))

    def start(self, changes: dict[str, str] | None = None) -> None:
        """Starts it, with these changes of its files, and waits until it answers."""
        if self.debian and not world.is_inside():
            raise Unavailable("it needs namespaces, and there are none here")
        if listening(self.port):
            raise Unavailable(f"port {self.port} is taken; set INTEROP_PORT")
        self.lay_out(changes or {})
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": "/root", "PORT": str(self.port), "HOST": self.host}
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                self.command(), env=environment, cwd=self.run, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.wait_until_ready()

    def command(self) -> list[str]:
        return [str(packages.venv(self.python) / "bin/python"), str(self.run / "start")] if self.python else self.apart()

    def of_other(self, kind: str, name: str) -> str:
        return {"PORT": str(Server.load(name).port), "MAIL": f"{RUN / name}/mail"}[kind]

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


def names(folder: Path = SERVERS) -> list[str]:
    """Every server of a folder, in the order of their ports."""
    found = [path.parent.name for path in folder.glob("*/server.ini")]
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
