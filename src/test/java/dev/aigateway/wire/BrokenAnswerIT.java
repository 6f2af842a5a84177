package dev.aigateway.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link BrokenAnswerTest} against the packaged gateway: the native binary, or the jar where there is none. */
@QuarkusIntegrationTest
class BrokenAnswerIT extends BrokenAnswerTest {}
