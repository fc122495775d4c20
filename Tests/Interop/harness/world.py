"""A world with nothing but a loopback interface in it: namespaces of the kernel for the network, mounts and processes.

Whatever runs in it can reach nothing but itself, uses no port of the machine, and is gone with it. Root may make one, and so may anybody
whom the kernel and /etc/subuid allow it. Where nobody may, only servers that need no root file system of their own run, on the machine's loopback.
"""

import array
import fcntl
import os
import socket
import struct
import subprocess
import sys

from .settings import RUN, say

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
MARK = "INTEROP_WORLD"
NAMESPACES = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]


def command() -> list[str] | None:
    """The command that makes a world, `None` where this machine allows none."""
    as_user = [] if os.geteuid() == 0 else ["--user", "--map-root-user", "--map-auto"]
    for options in ([], as_user) if not as_user else (as_user,):
        made = ["unshare", *options, *NAMESPACES]
        try:
            if subprocess.run([*made, "true"], capture_output=True, timeout=20, check=False).returncode == 0:
                return made
        except (OSError, subprocess.TimeoutExpired):
            pass
    return None


def is_inside() -> bool:
    return os.environ.get(MARK) == "yes"


def enter(arguments: list[str]) -> int:
    """Runs this program again inside a world, or without one where there is none; returns its exit status."""
    made = command()
    if made is None:
        say("no namespaces here (not root, or a container without CAP_SYS_ADMIN): only servers that need none will run")
    environment = {**os.environ, MARK: "yes" if made else "none", "PYTHONDONTWRITEBYTECODE": "1"}
    child = subprocess.Popen([*(made or []), sys.executable, sys.argv[0], *arguments], env=environment)
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()
        return child.wait() or 130


def furnish() -> None:
    """Raises the loopback interface, and lays a file system in memory where servers write."""
    RUN.mkdir(parents=True, exist_ok=True)
    if not is_inside():
        return
    raise_loopback()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3g,mode=755", "interop", str(RUN)], check=True, timeout=20)


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = array.array("b", struct.pack("16sh14x", b"lo", 0))
        fcntl.ioctl(control, SIOCGIFFLAGS, request)
        flags = struct.unpack_from("16sh", request)[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))
