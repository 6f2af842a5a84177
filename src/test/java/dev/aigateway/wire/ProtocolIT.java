package dev.aigateway.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link ProtocolTest} against the packaged gateway: the native binary, or the jar where there is none. */
@QuarkusIntegrationTest
class ProtocolIT extends ProtocolTest {}
