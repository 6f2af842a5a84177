package dev.aigateway.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** {@link ImportAiproxyGoTest} against the packaged gateway: the native binary, or the jar where there is none. */
@QuarkusIntegrationTest
class ImportAiproxyGoIT extends ImportAiproxyGoTest {}
