#!/bin/bash
# Moves producers from one development broker to another under load, and drops the old leg: ./move.sh, from this folder.
# Needs kcat (apt install kcat) as the producer, and millrace on the PATH.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'kill "${producer:-0}" 2>/dev/null || true; millrace dev down --dir "$work/cluster" --wipe >/dev/null || true; rm -rf "$work"' EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { say "\$ millrace $*"; millrace "$@" || true; }

cp -r millrace.yaml pipelines "$work"
cd "$work"
millrace dev up --dir "$work/cluster" --storage 2 --ingestion 1 --query 0 --brokers msk,warpstream --topic events:4
bootstrap() { sed -n "s/.*collection: $1, bootstrap: \([^ }]*\).*/\1/p" fleet.yaml; }
millrace apply --yes

# 200 events a second, to the brokers named in the file `to`; ids count up, whoever gets them.
produce() {
  local id=0 batch
  while sleep 0.5; do
    batch=$(seq "$id" $((id + 99)) | sed 's/.*/{"id":&,"event":"click","distinct_id":"user-&"}/')
    for broker in $(cat to); do kcat -P -q -b "$(bootstrap "$broker")" -t events <<<"$batch"; done
    id=$((id + 100))
    echo "$id" >sent
  done
}
echo msk >to
produce & producer=$!
sleep 3
run leg cutover --to warpstream --check --silence 2

say "Producers write to both"
echo msk warpstream >to
sleep 5
run leg status --interval 3
run leg parity --to warpstream
run leg cutover --to warpstream --check --silence 2

say "Producers write to warpstream only"
echo warpstream >to
sleep 4
run leg cutover --to warpstream --silence 3 --yes
sed -i '/broker: msk/d' pipelines/events.yaml
sleep 2
kill "$producer"; wait "$producer" 2>/dev/null || true
sleep 3
run plan
say "$(cat sent) events were written; stored are:"
node=$(sed -n 's/.*role: data.*http: \([^, ]*\).*/\1/p' fleet.yaml | head -1)
curl -sS "$node" --data-binary "SELECT count() AS rows, uniqExact(id) AS events, max(id) + 1 AS written FROM analytics.events FINAL FORMAT PrettyCompact"
