"""Where everything lies, and what the environment may change."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PROJECT = HERE.parent.parent
SERVERS = HERE / "servers"
RELAYS = HERE / "relays"
CLIENTS = HERE / "clients"
FIXES = HERE / "fixes"

# Everything that is fetched or written; ignored by git.
BUILD = Path(os.environ.get("INTEROP", PROJECT / ".build-interop")).resolve()
# The ports are this and the ones that follow it: one a server, at the offset that its server.ini names.
FIRST_PORT = int(os.environ.get("INTEROP_PORT", "2600"))

LAYERS = BUILD / "layers"
VENVS = BUILD / "venvs"
LOGS = BUILD / "logs"
PKI = BUILD / "pki"
EVENTS = BUILD / "events"
# What running servers write. In a world of its own it is a file system in memory, gone with the world.
RUN = BUILD / "run"


def say(text: str) -> None:
    print(f"interop: {text}", file=sys.stderr, flush=True)


def smtpspec() -> Path:
    """The binary under SMTPSPEC, or the newest that was built here."""
    if named := os.environ.get("SMTPSPEC"):
        return Path(named).resolve()
    built = [path for kind in ("debug", "release") if (path := PROJECT / ".build" / kind / "smtpspec").exists()]
    if not built:
        raise SystemExit("interop: there is no smtpspec yet: run `make build`, or name one in SMTPSPEC")
    return max(built, key=lambda path: path.stat().st_mtime)


def certificate() -> None:
    """A self-signed certificate for all servers, of the machine's own openssl."""
    if (PKI / "cert.pem").exists():
        return
    PKI.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=interop.test",
         "-addext", "subjectAltName=DNS:interop.test,DNS:localhost,IP:127.0.0.1",
         "-keyout", str(PKI / "key.pem"), "-out", str(PKI / "cert.pem.new")],
        check=True, capture_output=True, timeout=60)
    (PKI / "key.pem").chmod(0o644)  # a test key that every server's user reads
    (PKI / "cert.pem.new").rename(PKI / "cert.pem")
