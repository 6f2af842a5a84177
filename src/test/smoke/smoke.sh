#!/usr/bin/env bash
# Starts the gateway without any configuration and looks at it from outside, as a first user would.
# Usage: smoke.sh target/ai-gateway        (or smoke.sh target/quarkus-app/quarkus-run.jar)
set -uo pipefail

[ $# -eq 1 ] && [ -f "$1" ] || { echo "usage: smoke.sh BINARY-OR-JAR" >&2; exit 2; }
artifact=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
case $artifact in
    *.jar)
        java=$(sh "$(dirname "${BASH_SOURCE[0]}")/../../../tools/jdk.sh")/bin/java || exit 2
        gateway=("$java" -jar "$artifact")
        ;;
    *) gateway=("$artifact") ;;
esac

work=$(mktemp -d)
pid=
failures=0

cleanup() {
    [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT

passed() { echo "  ok      $1"; }

failed() {
    failures=$((failures + 1))
    echo "  FAILED  $1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | head -c 2000 | sed 's/^/          | /'
}

# expect NAME ACTUAL PATTERN: ACTUAL, as a whole, matches the shell pattern.
expect() {
    # shellcheck disable=SC2053 # a pattern is what is wanted
    if [[ $2 == $3 ]]; then passed "$1"; else failed "$1" "$2"; fi
}

milliseconds() {
    if [ -n "${EPOCHREALTIME:-}" ]; then
        local micros=${EPOCHREALTIME/[^0-9]/}
        echo $((micros / 1000))
    else
        echo "$(date +%s)000"
    fi
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port
    while :; do
        # Below the range from which the system gives out ports by itself.
        port=$((20000 + RANDOM % 10000))
        listening "$port" || { echo "$port"; return; }
    done
}

# ended_within PID SECONDS: waits for the end of a child; false when it is still running.
ended_within() {
    local deadline=$((SECONDS + $2))
    while kill -0 "$1" 2>/dev/null; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.05
    done
}

# start_gateway NAME ARGUMENTS…: in an empty folder, with nothing of our environment.
start_gateway() {
    local name=$1
    shift
    mkdir -p "$work/$name"
    (cd "$work/$name" && exec env -i PATH="$PATH" HOME="$work/$name" "${gateway[@]}" "$@") \
        >"$work/$name.log" 2>&1 </dev/null &
    pid=$!
}

# call METHOD PATH [BODY]: prints the body, then the status on a line of its own.
call() {
    local body=()
    [ $# -lt 3 ] || body=(-H 'content-type: application/json' --data-binary "$3")
    curl -sS -N --noproxy '*' --max-time 20 -X "$1" ${body[@]+"${body[@]}"} -w '\n%{http_code}' "$base$2" 2>&1
}

last_line() { printf '%s\n' "$1" | grep -v '^[[:space:]]*$' | tail -1; }

question='"messages":[{"role":"user","content":"smoke-word"}]'

echo "Smoke test of $(basename "$artifact")"
port=$(free_port)
base=http://127.0.0.1:$port
began=$(milliseconds)
start_gateway main --port "$port"
deadline=$((SECONDS + 60))
until [ "$(curl -s --noproxy '*' --max-time 2 -o /dev/null -w '%{http_code}' "$base/q/health/ready")" = 200 ]; do
    if ! kill -0 "$pid" 2>/dev/null || [ "$SECONDS" -ge "$deadline" ]; then
        failed "ready within 60 s" "$(cat "$work/main.log")"
        exit 1
    fi
    sleep 0.01
done
start_time=$(($(milliseconds) - began))
passed "ready"
expect "says that it is a demo" "$(tr '[:upper:]' '[:lower:]' <"$work/main.log")" "*demo*"

expect "GET /q/health/live" "$(call GET /q/health/live)" $'*\n200'
expect "GET /health" "$(call GET /health)" $'*\n200'
expect "GET /v1/models lists demo" "$(call GET /v1/models)" $'*"demo"*\n200'
expect "chat completion echoes" \
    "$(call POST /v1/chat/completions "{\"model\":\"demo\",$question}")" $'*chat.completion*smoke-word*\n200'

stream=$(call POST /v1/chat/completions "{\"model\":\"demo\",\"stream\":true,$question}")
expect "chat stream: chunks, 200" "$stream" $'*chat.completion.chunk*\n200'
expect "chat stream ends with [DONE]" "$(last_line "${stream%$'\n'*}")" "data: [[]DONE]"

stream=$(call POST /v1/messages "{\"model\":\"demo\",\"max_tokens\":64,\"stream\":true,$question}")
expect "messages stream: starts, 200" "$stream" $'*message_start*\n200'
expect "messages stream ends with message_stop" "$(last_line "${stream%$'\n'*}")" 'data:*"message_stop"*'

expect "bad JSON is 400 in chat" "$(call POST /v1/chat/completions '{"model": ')" $'*"error"*\n400'
expect "bad JSON is 400 in messages" "$(call POST /v1/messages '{"model": ')" $'*"error"*\n400'
expect "unknown model is 404" "$(call POST /v1/chat/completions "{\"model\":\"no-such-model\",$question}")" $'*\n404'
expect "GET /q/metrics" "$(call GET /q/metrics)" $'*\n200'

memory=$(ps -o rss= -p "$pid" | tr -d ' ')

kill -TERM "$pid"
if ended_within "$pid" 20; then
    wait "$pid"
    code=$?
    # 143 is how a JVM reports that it obeyed the signal.
    if [ $code -eq 0 ] || [ $code -eq 143 ]; then passed "SIGTERM ends it, exit code $code"; else failed "SIGTERM ends it, exit code $code"; fi
else
    failed "SIGTERM ends it within 20 s"
    kill -KILL "$pid" 2>/dev/null
fi
pid=
if listening "$port"; then failed "the port is closed afterwards"; else passed "the port is closed afterwards"; fi
expect "no stack trace in the log" "$(grep -c '^[[:space:]]at ' "$work/main.log")" 0

mkdir -p "$work/bad"
printf 'ai-proxy:\n  prot: 8317\n' >"$work/bad/application.yaml"
start_gateway bad --config application.yaml --port "$(free_port)"
if ended_within "$pid" 20; then
    wait "$pid"
    expect "unknown configuration key: exit code" $? 2
    pid=
    expect "unknown configuration key is named" "$(cat "$work/bad.log")" "*prot*"
else
    failed "unknown configuration key ends the start" "$(cat "$work/bad.log")"
fi

# The jar only starts what lies beside it.
case $artifact in
    *.jar) size=$(du -sk "$(dirname "$artifact")" | cut -f1) ;;
    *) size=$(du -k "$artifact" | cut -f1) ;;
esac
echo "Start to ready ${start_time} ms, resident memory $((${memory:-0} / 1024)) MiB, size $((size / 1024)) MiB."
[ $failures -eq 0 ] || { echo "$failures smoke checks failed. The log of the gateway:"; tail -50 "$work/main.log"; exit 1; }
echo "All smoke checks passed."
