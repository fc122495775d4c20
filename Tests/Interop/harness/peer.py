"""What is tested, a server or a client: the folder that describes it, its packages, and its files while it runs."""

import configparser
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from . import packages
from .settings import FIRST_PORT, HERE, LAYERS, LOGS, PKI, RUN

APART = ["unshare", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child"]


@dataclass
class Peer:
    """What servers and clients have in common."""

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
    # Seconds that a run of every case may take; who needs more than usual is left out of `test`.
    limit: int = 180

    @property
    def kind(self) -> str:
        """`servers`, `relays` or `clients`."""
        return self.folder.parent.name

    @property
    def is_slow(self) -> bool:
        return self.limit > 180

    @staticmethod
    def fields(folder: Path, kind: str) -> dict:
        """What the folder's ini file says; `kind` names the file and its section."""
        ini = configparser.ConfigParser()
        if not ini.read(folder / f"{kind}.ini"):
            raise SystemExit(f"interop: no {kind} '{folder.name}'; `Tests/Interop/run list` names what there is")
        entry = ini[kind]
        return {
            "name": folder.name, "folder": folder, "title": entry["title"], "version": entry["version"],
            "port": FIRST_PORT + int(entry.get("port", "0")), "debian": entry.get("debian", "").split(), "python": entry.get("python"),
            "users": entry.get("users", "").split(), "needs": entry.get("needs", "").split(), "like": entry.get("like"),
            "arguments": entry.get("arguments", "").split(), "limit": int(entry.get("limit", "180")),
        }

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

    @property
    def host(self) -> str:
        return f"{self.name}.interop.test"

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

    def lay_out(self, changes: dict[str, str]) -> None:
        """Copies its files to where it runs, filled in.

        That is `@PORT@`, `@NAME@`, `@MAIL@` (its mail, seen from outside) and the like, and `@CHANGES:main.cf@`, where lines for that
        file go.
        """
        shutil.rmtree(self.run, ignore_errors=True)
        (self.run / "mail").mkdir(parents=True)
        (self.run / "mail").chmod(0o1777)
        for folder in ([self.folder.parent / self.like] if self.like else []) + [self.folder]:
            for source in folder.iterdir():
                target = self.run / source.name
                target.write_text(self.filled(source.read_text(), changes))
                target.chmod(source.stat().st_mode & 0o777)
        shutil.copytree(PKI, self.run / "pki")

    def filled(self, text: str, changes: dict[str, str]) -> str:
        values = {
            "PORT": str(self.port), "NAME": self.name, "HOST": self.host, "MAIL": f"{self.run}/mail", "RUN": str(self.run),
            "ROOT": f"{self.run}/root/root", "FOLDER": str(self.folder), "NEXT": str(self.port + 20),
        }

        def value(match: re.Match) -> str:
            kind, _, argument = match[1].partition(":")
            if kind == "CHANGES":
                return changes.get(argument, "")
            return self.of_other(kind, argument) if argument else values[kind]

        return re.sub(r"@([A-Z]+(?::[a-z0-9.-]+)?)@", value, text)

    def of_other(self, kind: str, name: str) -> str:
        """What `@PORT:postfix@` and `@MAIL:postfix@` stand for."""
        raise SystemExit(f"interop: {self.name}: @{kind}:{name}@ stands for nothing")

    def apart(self, *command: str) -> list[str]:
        """A command that makes its root, in namespaces of its own; there `start` runs, or the command that is given, beside the root."""
        words = [*self.users, *(["--", *command] if command else [])]
        return [*APART, sys.executable, "-B", str(HERE / "harness/root.py"), str(LAYERS / self.debian[0]), str(self.run), self.host, *words]

    def checking(self, command: list[str]) -> list[str]:
        """The command that checks it, in the place where it has to run."""
        return command
