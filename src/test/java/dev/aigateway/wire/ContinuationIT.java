package dev.aigateway.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link ContinuationTest} against the packaged gateway: the native binary, or the jar where there is none. */
@QuarkusIntegrationTest
class ContinuationIT extends ContinuationTest {}
