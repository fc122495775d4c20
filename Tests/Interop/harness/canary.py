"""Messages through Postfix and back: smtpspec's client hands them to it, and it relays them to smtpspec's server."""

import subprocess
import time

from .packages import Unavailable
from .server import Server
from .settings import FIRST_PORT, RUN, say, smtpspec

SERVER = "postfix"
NEXT_HOP = FIRST_PORT + 90
RELAYING = f"relay_domains = relayed.example.test\nrelay_transport = smtp:[127.0.0.1]:{NEXT_HOP}\n"
# It folds lines that the RFC lets be twice as long: what comes out is not what went in.
FOLDING = "smtp_line_length_limit = 499\n"
# Faults with one message that are planted in the server behind Postfix, and what has to be said of each.
PLANTED = {"lost:7": "message 7 arrived 0 times", "twice:7": "message 7 arrived 2 times"}


def run(count: int, end: float) -> tuple[int, str]:
    """Sends so many; and a few each through a relay that folds lines, and to a server that loses one and that keeps one twice: each has to be noticed.

    Returns how many of the four fail, and what the program said of the first."""
    program = smtpspec().parent / "RelayCanary"
    try:
        if not program.exists():
            raise Unavailable(f"there is no {program}; `swift build --product RelayCanary` makes it")
        if time.monotonic() > end:
            raise Unavailable("no time is left for it")
        whole, said = relay(program, count, RELAYING)
        folded, _ = relay(program, 50, RELAYING + FOLDING)
        missed = [fault for fault, words in PLANTED.items() if words not in relay(program, 50, RELAYING, fault)[1]]
    except Unavailable as error:
        say(f"canary: skipped: {error}")
        return 0, ""
    say(f"canary: {'as sent' if whole == 0 else 'NOT as sent'}: {said}")
    if folded == 0:
        say("canary: a relay that folds lines of more than 499 octets goes unnoticed")
    for fault in missed:
        say(f"canary: a server with the fault {fault} goes unnoticed")
    return (whole != 0) + (folded == 0) + len(missed), said


def relay(program, count: int, changes: str, *fault: str) -> tuple[int, str]:
    """The exit status of the program, and its last words."""
    server = Server.load(SERVER)
    server.install()
    server.start({"main.cf": changes})
    folder = RUN / "canary"
    command = [str(program), f"127.0.0.1:{server.port}", str(NEXT_HOP), "alice@relayed.example.test", str(count), "1", str(folder), *fault]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60 + count / 10)
        return done.returncode, (done.stdout + done.stderr).strip().replace("\n", "; ")
    except subprocess.TimeoutExpired:
        return 1, "it did not end"
    finally:
        server.stop()
        subprocess.run(["rm", "-rf", str(folder)], check=False)
