"""Runs in a server's own namespaces: makes its root file system and starts it there.

The root is the machine's own, with the server's packages laid over it and a file system in memory on top, so that nothing that the
server writes is kept. Below /interop lie its files, and so they do where they lie outside. The program stands alone: what starts it is
`unshare`, in `peer.py`.

Usage: root.py LAYER RUN HOST [USER:ID[:GROUP...]]... [-- COMMAND...]

With a command, that is run instead of the server, and not in the root, but where it was: it enters the root by itself (`chroot`), for one client after the other.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

DEVICES = ["null", "zero", "full", "random", "urandom"]
SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, timeout=20)


def overlay(layer: str, run: str) -> Path:
    """The root file system."""
    mount("--make-rprivate", "/")
    top = Path(run, "root")
    for name in ("upper", "work", "root"):
        (top / name).mkdir(parents=True)
    root = top / "root"
    # Copied, not laid between: the layer lies below the machine's root, and layers may not overlap.
    subprocess.run(["cp", "-a", f"{layer}/.", str(top / "upper")], check=True, timeout=60)
    folders = f"lowerdir=/,upperdir={top}/upper,workdir={top}/work"
    try:
        mount("-t", "overlay", "overlay", "-o", folders, str(root))
    except subprocess.CalledProcessError:
        mount("-t", "overlay", "overlay", "-o", f"{folders},userxattr", str(root))  # not the machine's root
    for name in ("proc", "dev", "tmp", "run", "interop"):
        (root / name).mkdir(exist_ok=True)
    mount("--bind", run, str(root / "interop"))
    mount("-t", "proc", "proc", str(root / "proc"))
    for name in ("dev", "run", "tmp"):
        mount("-t", "tmpfs", "-o", "mode=1777" if name == "tmp" else "mode=755", "tmpfs", str(root / name))
    (root / run[1:]).mkdir(parents=True, exist_ok=True)
    mount("--bind", run, str(root / run[1:]))
    for name in DEVICES:
        (root / "dev" / name).touch()
        mount("--bind", f"/dev/{name}", str(root / "dev" / name))
    (root / "dev/fd").symlink_to("/proc/self/fd")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        (root / "dev" / name).symlink_to(f"fd/{number}")
    (root / "dev/shm").mkdir(mode=0o1777)
    return root


def names(root: Path, host: str) -> None:
    """No name is looked up anywhere but in /etc/hosts."""
    (root / "etc/hosts").write_text(f"127.0.0.1 localhost\n127.0.0.1 {host} {host.split('.')[0]}\n")
    (root / "etc/hostname").write_text(host + "\n")
    (root / "etc/mailname").write_text(host + "\n")
    (root / "etc/nsswitch.conf").write_text("passwd: files\ngroup: files\nshadow: files\nhosts: files\nservices: files\nprotocols: files\n")
    resolver = root / "etc/resolv.conf"
    resolver.unlink(missing_ok=True)
    resolver.write_text("nameserver 127.0.0.1\noptions attempts:1 timeout:1\n")


def users(root: Path, wanted: list[str]) -> None:
    """`postfix:3001` is a user and a group, `postfix:3001:sasl` a user who is in the group sasl as well, `+postdrop:3002` a group."""
    passwd, group = (root / "etc" / name for name in ("passwd", "group"))
    known = {line.split(":")[0] for line in passwd.read_text().splitlines()}
    groups = {line.split(":")[0] for line in group.read_text().splitlines()}
    for entry in wanted:
        name, number, *more = entry.removeprefix("+").split(":")
        if name not in groups:
            with open(group, "a") as file:
                file.write(f"{name}:x:{number}:\n")
        if not entry.startswith("+") and name not in known:
            with open(passwd, "a") as file:
                file.write(f"{name}:*:{number}:{number}::/interop/mail/{name}:/bin/sh\n")
        for other in more:
            lines = group.read_text().splitlines()
            group.write_text("".join(
                (line + ("" if line.endswith(":") else ",") + name if line.split(":")[0] == other else line) + "\n" for line in lines))


def main() -> None:
    layer, run, host, *wanted = sys.argv[1:]
    command = wanted[wanted.index("--") + 1 :] if "--" in wanted else []
    wanted = wanted[: -len(command) - 1] if command else wanted
    socket.sethostname(host)
    root = overlay(layer, run)
    names(root, host)
    users(root, wanted)
    # The first process of a namespace has to reap; a shell does.
    if command:
        os.execvp("/bin/sh", ["/bin/sh", "-c", '"$@"; exit $?', "sh", *command])
    os.chroot(root)
    os.chdir("/")
    environment = {"PATH": SEARCH, "LC_ALL": "C.UTF-8", "HOME": "/root", "PORT": os.environ["PORT"], "HOST": host}
    os.execve("/bin/sh", ["/bin/sh", "-c", "/interop/start; echo \"start ended with status $?\" >&2"], environment)


if __name__ == "__main__":
    main()
