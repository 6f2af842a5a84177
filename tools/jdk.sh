#!/bin/sh
# Prints the home of a JDK 25, or says how to get one.
is_jdk25() {
    [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 25'
}

on_path=
if command -v javac >/dev/null 2>&1; then
    # Follows the links of a package manager to the real home.
    on_path=$(javac -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
fi

for home in "${JAVA_HOME:-}" "$on_path" \
    /usr/lib/jvm/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/25*; do
    if [ -n "$home" ] && is_jdk25 "$home"; then
        echo "$home"
        exit 0
    fi
done

cat >&2 <<'MESSAGE'
ai-gateway is built with JDK 25, and none was found in JAVA_HOME, on the PATH or in the usual places.
Get one in any of these ways, then try again:
  any system    https://adoptium.net/temurin/releases/?version=25, then set JAVA_HOME to its folder
  SDKMAN!       sdk install java 25-tem
  macOS         brew install --cask temurin@25
  Debian/Ubuntu apt install openjdk-25-jdk, or temurin-25-jdk from Adoptium's repository
MESSAGE
exit 1
