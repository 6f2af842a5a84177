#!/bin/sh
# Builds the native binary with what is there: a local GraalVM, else a builder image in Docker or Podman.
# Usage: tools/native.sh MAVEN-GOAL-AND-OPTIONS…
set -eu

if [ -n "${GRAALVM_HOME:-}" ]; then
    if [ ! -x "$GRAALVM_HOME/bin/native-image" ]; then
        echo "GRAALVM_HOME is $GRAALVM_HOME, but there is no bin/native-image in it." >&2
        exit 1
    fi
    where=
elif command -v native-image >/dev/null 2>&1; then
    where=
elif docker info >/dev/null 2>&1; then
    where="-Dquarkus.native.container-build=true -Dquarkus.native.container-runtime=docker"
elif podman info >/dev/null 2>&1; then
    where="-Dquarkus.native.container-build=true -Dquarkus.native.container-runtime=podman"
else
    cat >&2 <<'MESSAGE'
A native build needs one of these, and none was found:
  - GraalVM or Mandrel for JDK 25, with GRAALVM_HOME set to its folder (or native-image on the PATH);
    on Linux also gcc and the zlib headers (zlib1g-dev or zlib-devel);
  - a running Docker or Podman, in which the build then takes place.
`make run` and `make test` need neither.
MESSAGE
    exit 1
fi

# shellcheck disable=SC2086 # $where is a list of options without spaces in them
./mvnw -B -Dnative $where "$@"
cp target/ai-gateway-runner target/ai-gateway
