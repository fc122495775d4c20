"""A parser of commands for `smtpspec fuzz parser --command 'python3 examples/parsers/example.py'`.

It speaks frames over its standard input and output: four octets of length, the highest first, and so many octets. Asked are a letter for
the kind (C: a command), four octets for the cut, and the input; answered are A and the consumed octets in four, I, R, or N for a kind that
it does not have. An argument names a fault to show what is found: crash, hang, bare-lf, no-null-path, underscore, out-of-form.
"""

import re
import sys
import time

fault = sys.argv[1] if len(sys.argv) > 1 else ""

# RFC 5321 section 4.1.2, from the bottom up.
let_dig = rb"[A-Za-z0-9]"
sub_domain = rb"%s(?:[A-Za-z0-9-]*%s)?" % (let_dig, let_dig)
if fault == "underscore":
    sub_domain = rb"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?"
domain = rb"%s(?:\.%s)*" % (sub_domain, sub_domain)
number = rb"0{0,2}\d|0?[1-9]\d|1\d\d|2[0-4]\d|25[0-5]"
ipv4 = rb"(?:%s)(?:\.(?:%s)){3}" % (number, number)
group = rb"[0-9A-Fa-f]{1,4}"


def at_most(groups, tail):
    """Groups around "::", which stands for two of them at least."""
    forms = []
    for before in range(groups + 1):
        after = groups - before
        left = rb"" if before == 0 else rb"%s(?::%s){%d}" % (group, group, before - 1)
        right = rb"(?:%s(?::%s){0,%d})?" % (group, group, max(after - 1, 0)) if after else rb""
        if tail:
            right = rb"(?:%s:){0,%d}%s" % (group, after, tail)
        forms.append(left + rb"::" + right)
    return rb"|".join(forms)


ipv6 = rb"%s(?::%s){7}|%s|%s(?::%s){5}:%s|%s" % (group, group, at_most(6, b""), group, group, ipv4, at_most(4, ipv4))
literal = rb"\[(?:%s|(?i:IPv6):(?:%s)|(?!(?i:ipv6):)[A-Za-z0-9-]*[A-Za-z0-9]:[!-Z^-~]+)\]" % (ipv4, ipv6)
atom = rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
quoted = rb'"(?:[ !#-\[\]-~]|\\[ -~])*"'
local_part = rb"(?:%s(?:\.%s)*|%s)" % (atom, atom, quoted)
mailbox = rb"%s@(?:%s|%s)" % (local_part, domain, literal)
path = rb"<(?:@%s(?:,@%s)*:)?%s>" % (domain, domain, mailbox)
parameters = rb"(?: [A-Za-z0-9][A-Za-z0-9-]*(?:=[!-<>-~]+)?)*"
string = rb"(?:%s|%s)" % (atom, quoted)

rules = [
    rb"(?i:EHLO|LHLO) (?:%s|%s)" % (domain, literal),
    rb"(?i:HELO) %s" % domain,
    rb"(?i:MAIL FROM:)(?:%s%s)%s" % (path, b"" if fault == "no-null-path" else b"|<>", parameters),
    rb"(?i:RCPT TO:)(?:%s|(?i:<Postmaster>)|(?i:<Postmaster@)%s>)%s" % (path, domain, parameters),
    rb"(?i:DATA|RSET|QUIT)",
    rb"(?i:VRFY|EXPN) %s" % string,
    rb"(?i:HELP|NOOP)(?: %s)?" % string,
]
command = re.compile(rb"(?:" + rb"|".join(b"(?:" + rule + b")" for rule in rules) + rb")[ \t]*\r\n")


def parse(octets):
    if fault == "crash" and octets.startswith(b"NOOP \""):
        sys.exit(7)
    if fault == "hang" and b"@[" in octets:
        time.sleep(3600)
    if fault == "out-of-form" and octets.startswith(b"HELP"):
        return b"?"
    if fault == "bare-lf" and b"\n" in octets:
        end = octets.index(b"\n") + 1
        octets = octets[:end].rstrip(b"\r\n") + b"\r\n"
        return b"A" + end.to_bytes(4, "big") if command.fullmatch(octets) else b"R"
    end = octets.find(b"\r\n")
    if end < 0:
        return b"I"
    if not command.fullmatch(octets[: end + 2]):
        return b"R"
    return b"A" + (end + 2).to_bytes(4, "big")


while head := sys.stdin.buffer.read(4):
    frame = sys.stdin.buffer.read(int.from_bytes(head, "big"))
    answer = parse(frame[5:]) if frame[:1] == b"C" else b"N"
    sys.stdout.buffer.write(len(answer).to_bytes(4, "big") + answer)
    sys.stdout.buffer.flush()
