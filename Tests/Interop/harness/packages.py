"""Fetches servers: Debian packages, each with what it needs into a folder of its own, and Python packages into environments.

Nothing is installed on the machine. apt only looks up and downloads, with lists and a cache under BUILD; `dpkg -x` unpacks, so no
script of a package runs, and packages that conflict lie side by side.
"""

import subprocess
import sys
import time
from pathlib import Path

from .settings import BUILD, LAYERS, LOGS, VENVS

APT = BUILD / "apt"


class Unavailable(Exception):
    """A server that cannot be installed or run here, and why."""


def layer(packages: list[str]) -> Path:
    """The folder with these Debian packages and those that the machine lacks of what they depend on."""
    folder = LAYERS / packages[0]
    mark = folder.with_suffix(".packages")
    if mark.exists() and mark.read_text().split("\n")[0] == " ".join(packages):
        return folder
    downloaded = download(packages)
    run(["rm", "-rf", str(folder)], "cannot remove the old folder")
    folder.mkdir(parents=True)
    for archive in downloaded:
        run(["dpkg", "-x", str(archive), str(folder)], f"cannot unpack {archive.name}")
    merge_usr(folder)
    version = run(["dpkg-deb", "-f", str(next(a for a in downloaded if a.name.startswith(packages[0] + "_"))), "Version"], "no version")
    mark.write_text(" ".join(packages) + "\n" + version.strip() + "\n")
    return folder


def merge_usr(folder: Path) -> None:
    """Moves /lib and the like below /usr, where the machine has them as links to there: a folder would hide the link."""
    for name in ("bin", "sbin", "lib", "lib64"):
        if Path("/", name).is_symlink() and (folder / name).is_dir():
            (folder / "usr" / name).mkdir(parents=True, exist_ok=True)
            run(["cp", "-a", f"{folder / name}/.", str(folder / "usr" / name)], "cannot merge /usr")
            run(["rm", "-rf", str(folder / name)], "cannot merge /usr")


def layer_version(packages: list[str]) -> str:
    """The version of the first package of a layer, as Debian writes it."""
    return (LAYERS / packages[0]).with_suffix(".packages").read_text().split("\n")[1]


def download(packages: list[str]) -> list[Path]:
    try:
        run(["apt-get", "--version"], "no apt-get")
    except FileNotFoundError as error:
        raise Unavailable("it comes from Debian packages, and there is no apt-get here") from error
    archives = APT / "archives" / packages[0]
    run(["rm", "-rf", str(archives)], "cannot remove what was fetched before")
    for folder in (APT / "lists/partial", archives / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    options = [
        f"Dir::State::lists={APT}/lists", f"Dir::Cache={APT}", f"Dir::Cache::archives={archives}", "Debug::NoLocking=1",
        "Acquire::Languages=none", "Acquire::Retries=3", "Acquire::http::Timeout=30", "APT::Sandbox::User=root", "APT::Install-Recommends=0",
    ]
    apt = ["apt-get", "-q", "-y"] + [part for option in options for part in ("-o", option)]
    if not fresh_lists():
        run(apt + ["update"], "apt-get update fails", 180)
    # --reinstall: what the machine has of them already comes all the same; --force-yes is not needed, for nothing is installed.
    run(apt + ["install", "--download-only", "--reinstall", "--allow-downgrades", "--allow-remove-essential"] + packages,
        f"apt-get cannot fetch {packages[0]}", 300)
    return sorted(archives.glob("*.deb"))


def fresh_lists() -> bool:
    lists = list((APT / "lists").glob("*Packages*"))
    return bool(lists) and time.time() - min(path.stat().st_mtime for path in lists) < 7 * 86_400


def venv(requirement: str) -> Path:
    """An environment of Python with this requirement (`aiosmtpd==1.4.6`)."""
    folder = VENVS / requirement.replace("==", "-")
    if (folder / ".done").exists():
        return folder
    run([sys.executable, "-m", "venv", "--clear", str(folder)], "python3 has no venv", 120)
    run([str(folder / "bin/pip"), "install", "-q", "--disable-pip-version-check", requirement], f"pip cannot fetch {requirement}", 180)
    (folder / ".done").touch()
    return folder


def run(command: list[str], problem: str, timeout: float = 60) -> str:
    """Runs a command to its end and returns what it said; what it said of a failure goes to the log."""
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=environment(), stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{problem}: not done after {timeout:.0f} s") from error
    if done.returncode != 0:
        with open(LOGS / "install.log", "a") as log:
            log.write(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}\n")
        last = (done.stderr.strip() or done.stdout.strip() or "no word").splitlines()[-1]
        raise Unavailable(f"{problem}: {last}")
    return done.stdout


def environment() -> dict[str, str]:
    import os

    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
