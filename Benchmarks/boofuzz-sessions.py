"""How many sessions a second boofuzz plays, without a logger, a pause between them or a web server.

    boofuzz-sessions.py PORT SESSIONS database|nothing

`fuzz_loggers=[]` leaves its database of results, which no setting turns off; with `nothing` that is taken away by force.

A test case is a whole session in step: greeting, HELO, MAIL, RCPT, DATA, the message and QUIT, the replies read. What is fuzzed has the
same values each time, so that each session has the same commands.
"""

import os
import sys
import tempfile
import time

scratch = tempfile.TemporaryDirectory()
os.chdir(scratch.name)

from boofuzz import Group, Request, Session, Static, Target, TCPSocketConnection  # noqa: E402
from boofuzz.fuzz_logger import FuzzLogger  # noqa: E402

port, count = int(sys.argv[1]), int(sys.argv[2])
body = b"Subject: benchmark\r\n\r\n" + 13 * (78 * b"x" + b"\r\n") + b".\r\n"


def greet(target, *_, **__):
    target.recv(4096)


session = Session(
    sleep_time=0.0, restart_sleep_time=0, web_port=None, keep_web_open=False, fuzz_loggers=[], db_filename="results.db", pre_send_callbacks=[greet]
)
if sys.argv[3] == "nothing":
    session._fuzz_data_logger = FuzzLogger(fuzz_loggers=[])
session.add_target(Target(connection=TCPSocketConnection("127.0.0.1", port, send_timeout=20, recv_timeout=20)))
before = session.root
for name, line in [
    ("helo", b"HELO client.example.org\r\n"),
    ("mail", b"MAIL FROM:<sender@example.org>\r\n"),
    ("rcpt", b"RCPT TO:<alice@example.test>\r\n"),
    ("data", b"DATA\r\n"),
    ("message", body),
]:
    request = Request(name, children=(Static(name=f"{name}-line", default_value=line),))
    session.connect(before, request)
    before = request
session.connect(before, Request("quit", children=(Group("verb", values=["QUIT"] * (count + 1)), Static(name="end", default_value=b"\r\n"))))

begun = time.monotonic()
session.fuzz(max_depth=1)
seconds = time.monotonic() - begun
print(f"{session.num_cases_actually_fuzzed} {session.num_cases_actually_fuzzed / seconds:.1f}")
