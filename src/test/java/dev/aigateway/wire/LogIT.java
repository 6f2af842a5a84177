package dev.aigateway.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link LogTest} against the packaged gateway: the native binary, or the jar where there is none. */
@QuarkusIntegrationTest
class LogIT extends LogTest {}
