#!/usr/bin/env bash
# Processor time per request of the gateway and of nginx, in front of the same upstream, in one run.
# Settings and how to read the table: bench/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

connections=${BENCH_CONNECTIONS:-16}
warm_up=${BENCH_WARMUP:-20}
measured=${BENCH_MEASURE:-10}
sizes=${BENCH_SIZES:-200,10000,100000}
targets=${BENCH_TARGETS:-nginx gateway routing}
gateway_options=${BENCH_JAVA_OPTS:--Xmx512m -XX:+UseParallelGC}
app=${BENCH_GATEWAY:-target/quarkus-app/quarkus-run.jar}

[ -r /proc/self/stat ] || { echo "The benchmark reads processor times from /proc, so it needs Linux." >&2; exit 1; }
java=$(tools/jdk.sh)/bin/java
[ -f "$app" ] || { echo "$app is missing." >&2; exit 1; }
[ -d target/quarkus-app/lib/main ] || { echo "target/quarkus-app is missing: use make bench." >&2; exit 1; }
app=$(cd "$(dirname "$app")" && pwd)/$(basename "$app")
case $app in
    # shellcheck disable=SC2206 # a list of options
    *.jar) gateway_command=("$java" $gateway_options -jar "$app") gateway_kind="JVM mode, java $gateway_options" ;;
    *) gateway_command=("$app") gateway_kind="native binary" ;;
esac
tool=("$java" -Xmx512m -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
    -Dio.netty.noUnsafe=false -cp "target/quarkus-app/lib/main/*:target/quarkus-app/app/*")

work=$(mktemp -d)
pids=()
cleanup() {
    # The nginx master ends its worker.
    for pid in ${pids[@]+"${pids[@]}"}; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in ${pids[@]+"${pids[@]}"}; do
        for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
        kill -KILL "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

taken=" "
free_port() {
    # Sets $port; below the range from which the system gives out ports by itself.
    while :; do
        port=$((20000 + RANDOM % 10000))
        if [[ $taken != *" $port "* ]] && ! listening "$port"; then taken="$taken$port "; return; fi
    done
}

# wait_for NAME PID PORT: until it listens; shows its log when it ends or does not come up.
wait_for() {
    for _ in $(seq 600); do
        if listening "$3"; then return; fi
        kill -0 "$2" 2>/dev/null || break
        sleep 0.1
    done
    echo "$1 did not start:" >&2
    tail -30 "$work/$1.log" >&2
    exit 1
}

microseconds() { echo "${EPOCHREALTIME/[^0-9]/}"; }

# resident PID…: memory of the processes together, in MiB.
resident() {
    local pid total=0
    for pid in "$@"; do total=$((total + $(awk '/^VmRSS:/ { print $2 }' "/proc/$pid/status"))); done
    echo "$((total / 1024)) MiB"
}

# first_answer NAME PID PORT: until a request has gone through to the upstream and back.
first_answer() {
    for _ in $(seq 6000); do
        if curl -sf --noproxy '*' -o /dev/null -H 'content-type: application/json' -d "$question" \
            "http://127.0.0.1:$3/v1/chat/completions"; then return; fi
        kill -0 "$2" 2>/dev/null || break
        sleep 0.01
    done
    echo "$1 did not answer:" >&2
    tail -30 "$work/$1.log" >&2
    exit 1
}

question='{"model":"bench-model","messages":[{"role":"user","content":"Hello"}]}'

free_port; upstream_port=$port
# shellcheck disable=SC2086 # a list of sizes
"${tool[@]}" bench/Upstream.java "$upstream_port" ${sizes//,/ } >"$work/upstream.log" 2>&1 &
pids+=($!)
wait_for upstream $! "$upstream_port"

arguments=()
nginx_version="not measured"
if [[ " $targets " == *" nginx "* ]]; then
    nginx=$(command -v nginx || ls /usr/sbin/nginx /usr/local/sbin/nginx 2>/dev/null | head -1 || true)
    if [ -n "$nginx" ]; then
        nginx_version=$("$nginx" -v 2>&1 | sed 's/.*: //')
        free_port; whole_port=$port
        free_port; stream_port=$port
        mkdir "$work/nginx"
        sed -e "s#@WORK@#$work/nginx#g" -e "s#@UPSTREAM@#$upstream_port#" -e "s#@WHOLE@#$whole_port#" \
            -e "s#@STREAM@#$stream_port#" -e "s#@USER@#$([ "$(id -u)" -ne 0 ] || echo 'user root;')#" \
            bench/nginx.conf >"$work/nginx/nginx.conf"
        "$nginx" -p "$work/nginx" -c "$work/nginx/nginx.conf" >"$work/nginx.log" 2>&1 &
        master=$!
        pids+=("$master")
        first_answer nginx "$master" "$whole_port"
        read -ra workers < <(cat "/proc/$master/task/$master/children"; echo)
        nginx_pids=("$master" "${workers[@]}")
        arguments+=("nginx=$whole_port:$stream_port:$(IFS=+; echo "${nginx_pids[*]}")")
    else
        echo "nginx is not installed, so there is nothing to compare with: only the gateway is measured."
    fi
fi

# start_gateway NAME PROVIDERS KEYS STRATEGY: until it answers; sets $gateway and $gateway_port.
start_gateway() {
    local provider
    free_port; gateway_port=$port
    mkdir "$work/$1.d"
    {
        printf 'ai-proxy:\n  routing: { strategy: %s }\n  providers:\n' "$4"
        for provider in $(seq "$2"); do
            printf '    - { name: bench-%s, type: openai, base-url: "http://127.0.0.1:%s/v1", models: [bench-model], api-keys: [%s] }\n' \
                "$provider" "$upstream_port" "$(seq -s, -f "key-$provider-%g" "$3")"
        done
    } >"$work/$1.d/application.yaml"
    (cd "$work/$1.d" && exec "${gateway_command[@]}" --config application.yaml \
        --host 127.0.0.1 --port "$gateway_port" --no-logger) >"$work/$1.log" 2>&1 &
    gateway=$!
    pids+=("$gateway")
    first_answer "$1" "$gateway" "$gateway_port"
}

# load CLASS ARGUMENT…: one of the tools that drive the gateways; tells what went wrong.
load() {
    local log status=0
    "${tool[@]}" "bench/$1.java" "${@:2}" 2>"$work/load.log" || status=$?
    if [ $status -ne 0 ]; then
        grep -v '^WARNING' "$work/load.log" >&2 || true
        for log in "$work"/gateway*.log; do
            [ ! -f "$log" ] || { echo "The log of the gateway:" >&2; tail -20 "$log" >&2; }
        done
        exit $status
    fi
}

gateway_version="not measured"
if [[ " $targets " == *" gateway "* ]]; then
    began=$(microseconds)
    start_gateway gateway 1 1 failover
    measured_gateway=$gateway
    gateway_version="$gateway_kind; start to first answer $((($(microseconds) - began) / 1000)) ms, then $(resident "$gateway") resident"
    arguments+=("gateway=$gateway_port:$gateway_port:$gateway")
fi

cat <<SETTINGS
Processor time (user and system, all threads) per request, in microseconds; loopback, closed loop.
  connections $connections, per cell $warm_up s warm-up (nginx at most 2 s) and $measured s measured; $(nproc) processors
  gateway: $gateway_version
  nginx:   $nginx_version; one worker, keep-alive upstream, no access log, buffering on for whole answers, off for streams
  whole answers are about as large as the request; streams are written event by event:
$(sed -n "/^stream for/s/^/    /p" "$work/upstream.log")
SETTINGS

if [ ${#arguments[@]} -gt 0 ]; then
    load Load "$connections" "$warm_up" "$measured" "$sizes" "${arguments[@]}"
    printf '\nResident memory after the load:'
    [ -z "${measured_gateway:-}" ] || printf ' gateway %s' "$(resident "$measured_gateway")"
    [ -z "${master:-}" ] || printf ' nginx %s' "$(resident "${nginx_pids[@]}")"
    echo
fi

if [[ " $targets " == *" routing "* ]]; then
    load Routing 20 10
    arguments=()
    for strategy in failover round-robin; do
        for shape in "1 1" "20 10"; do
            read -r providers keys <<<"$shape"
            start_gateway "gateway-$strategy-$providers" "$providers" "$keys" "$strategy"
            arguments+=("$strategy=$gateway_port:$gateway_port:$gateway")
        done
    done
    load RoutingLoad "$connections" "$warm_up" "$measured" "${sizes%%,*}" "20 x 10" "${arguments[@]}"
fi
