"""One client: the folder that describes it. What is tested is a command, which smtpspec runs for each message."""

import os
from dataclasses import dataclass

from . import world
from .packages import Unavailable
from .peer import Peer
from .settings import CLIENTS


@dataclass
class Client(Peer):
    """A client as its folder's client.ini describes it."""

    @staticmethod
    def load(name: str) -> "Client":
        return Client(**Peer.fields(CLIENTS / name, "client"))

    def start(self) -> None:
        """Lays out its files; its root is made where smtpspec runs."""
        if not world.is_inside():
            raise Unavailable("it needs namespaces, and there are none here")
        self.lay_out({})
        (self.run / "messages").mkdir(mode=0o755)

    def stop(self) -> None:
        """Nothing runs that would have to end."""

    def checking(self, command: list[str]) -> list[str]:
        """smtpspec beside the client's root, with its messages where the root has them too."""
        return self.apart("env", f"TMPDIR={self.run}/messages", "HOME=/interop", "LC_ALL=C.UTF-8", *command)


def names() -> list[str]:
    """Every client there is."""
    return sorted(path.parent.name for path in CLIENTS.glob("*/client.ini"))
