/**
 * Server-sent events over buffers: an incremental parser and a writer. Knows nothing of JSON or of any dialect.
 * Specification: translation reference, section 14.1.
 */
@NullMarked
package dev.aigateway.sse;

import org.jspecify.annotations.NullMarked;
