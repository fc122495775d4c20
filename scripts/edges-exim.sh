#!/usr/bin/env bash
# Builds Debian's Exim with afl-clang-fast, for `smtpspec fuzz server --edges`:
#   scripts/edges-exim.sh FOLDER [PORT]
# Everything happens in FOLDER: nothing is installed, and apt's own lists stay as they are. It needs Debian, apt-get, make, gcc and openssl; compiler,
# headers and source come from the archive that apt uses, at the versions of its stable release. The mail that Exim takes stays in FOLDER/spool; none is delivered.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,3s/^# *//p' "$0" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd) port=${2:-2525}
root=$folder/root user=$(id -u) group=$(id -g)
# Exim refuses to take mail as root.
[ "$user" != 0 ] || { user=$(id -u nobody) group=$(id -g nobody); }

# The compiler and the headers that the machine lacks, unpacked beside each other.
if [ ! -x "$root/usr/bin/afl-clang-fast" ]; then
  mkdir -p "$folder/packages" "$root"
  names=$(apt-get --simulate --no-install-recommends install afl++ libpcre2-dev libgdbm-dev libssl-dev | awk '/^Inst/ { print $2 }')
  (cd "$folder/packages" && apt-get download -q $names)
  for package in "$folder"/packages/*.deb; do dpkg -x "$package" "$root"; done
fi

# Debian's source with Debian's changes, from the archive that apt has binaries from.
if [ ! -d "$folder/source" ]; then
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' 'Label: Debian' |
    sed 's/^/deb-src /' | sort -u >"$folder/sources.list"
  mkdir -p "$folder/lists/partial" "$folder/unpacked"
  options=(-o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update -q
  (cd "$folder/unpacked" && apt-get "${options[@]}" source -q --download-only exim4)
  mkdir "$folder/unpacked/source"
  tar xf "$(ls "$folder"/unpacked/exim4_*.orig.tar.?z)" --strip-components=1 -C "$folder/unpacked/source"
  tar xf "$folder"/unpacked/exim4_*.debian.tar.* -C "$folder/unpacked/source"
  (cd "$folder/unpacked/source" && grep -v '^#' debian/patches/series | while read -r name; do patch -p1 -s <"debian/patches/$name"; done)
  mv "$folder/unpacked/source" "$folder/source"
fi

# SERVERSIDE_CLOSE_NOWAIT: else Exim holds the reply to QUIT back for 200 ms, and there are five connections a second.
cat >"$folder/source/Local/Makefile" <<END
BIN_DIRECTORY=$folder
CONFIGURE_FILE=$folder/exim.conf
CONFIGURE_OWNER=$(id -u)
EXIM_USER=$user
EXIM_GROUP=$group
FIXED_NEVER_USERS=root
SPOOL_DIRECTORY=$folder/spool
LOG_FILE_PATH=$folder/log/%slog
PID_FILE_PATH=$folder/spool/exim.pid
EXIM_TMPDIR="$folder"
SYSTEM_ALIASES_FILE=/etc/aliases
ROUTER_ACCEPT=yes
ROUTER_REDIRECT=yes
TRANSPORT_APPENDFILE=yes
LOOKUP_LSEARCH=yes
AUTH_PLAINTEXT=yes
AUTH_CRAM_MD5=yes
USE_OPENSSL=yes
TLS_LIBS=-lssl -lcrypto
USE_GDBM=yes
DBMLIB=-lgdbm
PCRE2_LIBS=-lpcre2-8
HEADERS_CHARSET="UTF-8"
DISABLE_MAL_AVE=yes
DISABLE_MAL_KAV=yes
DISABLE_MAL_MKS=yes
CC=afl-clang-fast
CFLAGS=-g -O1 -w -DSERVERSIDE_CLOSE_NOWAIT
INCLUDE=-I$root/usr/include -I$root/usr/include/$(gcc -print-multiarch)
EXTRALIBS=-ldl -L$root/usr/lib/$(gcc -print-multiarch) -Wl,-rpath,$root/usr/lib/$(gcc -print-multiarch)
END
export AFL_PATH=$root/usr/lib/afl AFL_QUIET=1 PATH=$root/usr/bin:$PATH LD_LIBRARY_PATH=$root/usr/lib/$(gcc -print-multiarch)
AFL_CC=$(ls "$root"/usr/bin/clang-[0-9]* | head -1)
export AFL_CC
make -C "$folder/source" >"$folder/build.log" 2>&1 || { tail -20 "$folder/build.log" >&2; exit 1; }
cp "$folder"/source/build-*/exim "$folder/exim"

mkdir -p "$folder/spool" "$folder/log"
[ "$(id -u)" != 0 ] || chown "$user:$group" "$folder/spool" "$folder/log"
[ -e "$folder/key.pem" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=mx.example.test \
  -keyout "$folder/key.pem" -out "$folder/cert.pem" 2>/dev/null
[ "$(id -u)" != 0 ] || chown "$user" "$folder/key.pem"
cat >"$folder/exim.conf" <<END
primary_hostname = mx.example.test
domainlist local_domains = example.test
local_interfaces = <; 127.0.0.1
daemon_smtp_ports = $port
disable_ipv6 = true
tls_advertise_hosts = *
tls_certificate = $folder/cert.pem
tls_privatekey = $folder/key.pem
host_lookup =
rfc1413_query_timeout = 0s
chunking_advertise_hosts = *
dsn_advertise_hosts = *
prdr_enable = true
queue_only = true
split_spool_directory = true
smtp_accept_max = 0
smtp_accept_max_per_connection = 0
smtp_accept_max_nonmail = 1000000
smtp_max_synprot_errors = 1000000
smtp_max_unknown_commands = 1000000
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = accept
acl_smtp_vrfy = accept

begin acl
acl_rcpt:
  accept  domains = +local_domains
          endpass
          message = unknown user
          verify  = recipient
  accept  authenticated = *
  deny    message = relay not permitted

begin routers
local:
  driver = accept
  domains = +local_domains
  local_parts = alice : bob : carol : postmaster
  transport = nowhere
unknown:
  driver = redirect
  domains = +local_domains
  allow_fail
  data = :fail: unknown user

begin transports
nowhere:
  driver = appendfile
  file = /dev/null

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{\$auth2}{alice}}{eq{\$auth3}{secret}}}}
  server_set_id = \$auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = \${if and{{eq{\$auth1}{alice}}{eq{\$auth2}{secret}}}}
  server_set_id = \$auth1
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = \${if eq{\$auth1}{alice}{secret}fail}
  server_set_id = \$auth1
END
echo "$folder/exim counts $(AFL_DUMP_MAP_SIZE=1 "$folder/exim" -bV | head -1) edges. Fuzz it:"
echo "smtpspec fuzz server 127.0.0.1:$port --server '$folder/exim -bdf' --recipient alice@example.test --edges --time 10min"
