# send.py HOST PORT SENDER MESSAGE RECIPIENT...
import smtplib
import sys

host, port, sender, message, *recipients = sys.argv[1:]
with smtplib.SMTP(host, int(port), timeout=20) as client:
    client.sendmail(sender, recipients, open(message, "rb").read())
