#!/bin/sh
# Postfix as a client for `smtpspec fuzz client`: an instance of its own that serves nobody and delivers each message to the port it is told.
#
#     postfix.sh start FOLDER [SETTING=VALUE ...]     as root; settings of main.cf, such as smtp_tls_security_level=encrypt
#     smtpspec fuzz client --tls none -- postfix.sh send FOLDER {port} {sender} {recipient} {message}
#     postfix.sh stop FOLDER
#
# `send` ends with 0 once the message was delivered, with 69 where Postfix gave it up or would not take it, and with 75 where nothing came of
# it in 60 seconds. A message is tried once.
set -eu

action=${1:?start, send or stop}
folder=${2:?the folder of the instance}
shift 2

start() {
  mkdir -p "$folder/conf" "$folder/queue" "$folder/data"
  chmod 755 "$folder" "$folder/conf" "$folder/queue"
  chown postfix "$folder/data"
  cat >"$folder/conf/main.cf" <<END
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
maillog_file = $folder/log
maillog_file_prefixes = $folder
myhostname = client.example.org
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
# The message that says where to goes there; what becomes of it otherwise, such as a report to its sender, goes nowhere.
default_transport = discard:
header_checks = regexp:$folder/conf/route
smtp_header_checks = regexp:$folder/conf/unroute
maximal_queue_lifetime = 0
bounce_queue_lifetime = 0
in_flow_delay = 0
smtp_connect_timeout = 10s
END
  echo '/^X-Smtpspec-Port: ([0-9]+)$/ FILTER smtp:[127.0.0.1]:$1' >"$folder/conf/route"
  echo '/^X-Smtpspec-Port:/ IGNORE' >"$folder/conf/unroute"
  cat >"$folder/conf/master.cf" <<'END'
pickup   unix n - n 60 1 pickup
cleanup  unix n - n - 0 cleanup
qmgr     unix n - n 300 1 qmgr
tlsmgr   unix - - n 1000? 1 tlsmgr
rewrite  unix - - n - - trivial-rewrite
bounce   unix - - n - 0 bounce
defer    unix - - n - 0 bounce
trace    unix - - n - 0 bounce
flush    unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp     unix - - n - - smtp
error    unix - - n - - error
retry    unix - - n - - error
discard  unix - - n - - discard
scache   unix - - n - 1 scache
showq    unix n - n - - showq
postlog  unix-dgram n - n - 1 postlogd
END
  [ $# -eq 0 ] || postconf -c "$folder/conf" -e "$@"
  postfix -c "$folder/conf" start
}

send() {
  port=$1 sender=$2 recipient=$3 message=$4
  name=smtpspec-$$-$(date +%s%N)
  # The log tells the queue's number of the message by its name, and by the number what became of it.
  { printf 'X-Smtpspec-Port: %s\nMessage-ID: <%s>\n' "$port" "$name"; sed '1,/^\r*$/{/^[Mm]essage-[Ii][Dd]:/d}' "$message"; } |
    sendmail -C "$folder/conf" -f "$sender" -i -- "$recipient" || exit 69
  perl -e '
    my ($log, $name) = @ARGV; my ($id, $rest, $end) = (undef, "", time + 60);
    open my $file, "<", $log or exit 75;
    seek $file, -s $log > 65536 ? -65536 : 0, 2 if -s $log > 65536;
    while (time < $end) {
      while (defined(my $part = <$file>)) {
        $rest .= $part; next unless $rest =~ /\n\z/;
        my $line = $rest; $rest = "";
        $id //= $1 if $line =~ m{ ([0-9A-F]{6,}): message-id=<\Q$name\E>};
        next unless defined $id and $line =~ m{ \Q$id\E: };
        exit 0 if $line =~ /status=sent/;
        exit 69 if $line =~ /status=(bounced|deferred|expired)|: reject:/;
      }
      select undef, undef, undef, 0.005;
      seek $file, 0, 1;
    }
    exit 75' "$folder/log" "$name"
}

case $action in
start) start "$@" ;;
send) send "$@" ;;
stop) postfix -c "$folder/conf" stop ;;
*) echo "postfix.sh: start, send or stop, not $action" >&2; exit 64 ;;
esac
