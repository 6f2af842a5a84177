package dev.aigateway.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link Http2Test} against the packaged gateway: the native binary, or the jar where there is none. */
@QuarkusIntegrationTest
class Http2IT extends Http2Test {}
