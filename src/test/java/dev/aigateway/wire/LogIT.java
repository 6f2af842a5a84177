package dev.aigateway.wire;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged gateway. */
@QuarkusIntegrationTest
class LogIT extends LogTest {}
