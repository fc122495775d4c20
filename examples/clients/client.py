"""A client for `smtpspec fuzz client`, honest or with a fault:

    smtpspec fuzz client --tls required -- python3 examples/clients/client.py FAULT {host} {port} {sender} {recipient} {message} {user} {password}

An honest one (FAULT is 'none') takes STARTTLS, logs in, sends the message, and ends with 0 where the server took it.
"""

import base64
import os
import signal
import socket
import ssl
import sys
import time

fault, host, port, sender, recipient, message, user, password = sys.argv[1:9]


class Refused(Exception):
    pass


class Connection:
    def __init__(self):
        self.socket = socket.create_connection((host, int(port)), timeout=20)
        self.buffer = b""

    def reply(self):
        """The code of the next reply and its text; anything else ends the dialogue."""
        lines = []
        while True:
            while b"\n" not in self.buffer:
                octets = self.socket.recv(4096)
                if not octets or len(self.buffer) > 1 << 16:
                    raise Refused("no reply")
                self.buffer += octets
            line, self.buffer = self.buffer.split(b"\n", 1)
            line = line.removesuffix(b"\r")
            if fault == "crash" and line.startswith(b"2500"):
                os.kill(os.getpid(), signal.SIGSEGV)
            if not line[:3].isdigit() or line[3:4] not in (b"", b" ", b"-") or len(lines) > 200:
                raise Refused("no reply")
            lines.append(line[4:])
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(lines)

    def send(self, octets):
        self.socket.sendall(octets)

    def ask(self, line, *wanted):
        self.send(line + (b"\n" if fault == "bare-lf-command" else b"\r\n"))
        code, text = self.reply()
        if code // 100 not in wanted:
            raise Refused(f"{line!r}: {code}")
        return code, text


def path(address):
    if fault != "injection" and any(octet < 32 or octet == 127 for octet in address.encode()):
        raise Refused("no address")
    return b"<" + address.encode("utf-8", "surrogateescape") + b">"


def stuffed(octets):
    lines = octets.replace(b"\r\n", b"\n").removesuffix(b"\n").split(b"\n")
    if fault != "no-stuffing":
        lines = [b"." + line if line.startswith(b".") else line for line in lines]
    end = b"\n" if fault == "bare-lf-data" else b"\r\n"
    return end.join(lines) + b"\r\n.\r\n"


def converse(connection):
    code, _ = connection.reply()
    if code != 220 and fault != "ignores-greeting":
        raise Refused("greeting")
    hello = b"EHLO client.example.org"
    _, text = connection.ask(hello, 2)
    if b"STARTTLS" in text or fault not in ("clear-login", "clear-mail"):
        try:
            code, _ = connection.ask(b"STARTTLS", 2)
            if code != 220 and fault != "any-2yz":
                raise Refused("STARTTLS")
            if fault != "keeps-buffer":
                connection.buffer = b""
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            connection.socket = context.wrap_socket(connection.socket)
            connection.ask(hello, 2)
        except Refused:
            if fault not in ("clear-login", "clear-mail"):
                raise
    if fault != "clear-mail":
        secret = base64.b64encode(f"\0{user}\0{password}".encode())
        connection.ask(b"AUTH PLAIN " + secret, 2)
    connection.ask(b"MAIL FROM:" + path(sender), 2)
    connection.ask(b"RCPT TO:" + path(recipient), 2)
    try:
        connection.ask(b"DATA", 3)
    except Refused:
        if fault != "ignores-354":
            raise
    connection.send(stuffed(open(message, "rb").read()))
    code, _ = connection.reply()
    if code // 100 != 2:
        raise Refused("message")
    try:
        connection.ask(b"QUIT", 2)
    except (Refused, OSError):
        pass
    connection.socket.close()


def main():
    if fault == "loses-mail" and not path(sender):
        return 0
    connection = Connection()
    try:
        converse(connection)
        if fault == "sends-twice":
            converse(Connection())
        return 75 if fault == "gives-up" else 0
    except (Refused, OSError):
        while fault == "hang":
            time.sleep(1)
        return 0 if fault == "loses-mail" else 75


sys.exit(main())
