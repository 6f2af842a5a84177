# All the work on ai-gateway from one place. `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help jdk run dev test check format native test-native image bench clean

JDK := $(shell tools/jdk.sh 2>/dev/null)
ifneq ($(JDK),)
export JAVA_HOME := $(JDK)
endif
# Maven's own libraries make JDK 25 warn about sun.misc.Unsafe; nothing of ours uses it.
export MAVEN_OPTS := $(MAVEN_OPTS) --sun-misc-unsafe-memory-access=allow
MVN := ./mvnw -B
# Short-lived garbage in a small heap: measured, the parallel collector costs a quarter less processor time than the default.
JAVA_FLAGS ?= -XX:+UseParallelGC
APP := target/quarkus-app/quarkus-run.jar
IMAGE ?= ai-gateway

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

jdk:
	@tools/jdk.sh >/dev/null

run: $(APP) ## build if sources changed and start the gateway: make run ARGS="--port 9000"
	@exec "$(JDK)/bin/java" $(JAVA_FLAGS) -jar $(APP) $(ARGS)

$(APP): pom.xml $(shell find src/main -type f) | jdk
	@echo "Building the gateway. The first build also downloads its dependencies."
	@$(MVN) -q -Dmaven.test.skip=true package
	@touch $@

dev: | jdk ## start with live reload: sources are recompiled at the next request
	@$(MVN) quarkus:dev -Dquarkus.args="$(ARGS)"

test: | jdk ## run all tests
	$(MVN) test

check: | jdk ## all gates: format, Error Prone, NullAway, tests with layers, coverage floors, dependencies
	$(MVN) -Pcheck verify

format: | jdk ## bring the sources into the form that `make check` asks for
	@$(MVN) -q spotless:apply

native: | jdk ## build target/ai-gateway, one file that needs no Java
	tools/native.sh -DskipTests package

test-native: | jdk ## build the binary, run the wire tests against it, then the smoke test
	tools/native.sh -DskipUnitTests verify
	src/test/smoke/smoke.sh target/ai-gateway

image: ## build the container image of the native binary (IMAGE=name:tag)
	@if docker info >/dev/null 2>&1; then tool=docker; \
	elif podman info >/dev/null 2>&1; then tool=podman; \
	else echo "make image needs a running Docker or Podman." >&2; exit 1; fi; \
	$$tool build -f src/main/docker/Dockerfile.native -t $(IMAGE) .

bench: $(APP) ## CPU per request, gateway next to nginx, and what routing adds (settings: bench/README.md)
	@bench/run.sh

clean: ## remove everything that was built
	rm -rf target
