package dev.aigateway.dispatch;

import dev.aigateway.conversation.Usage;

/**
 * A whole answer in the client's form.
 *
 * @param body a document, or all events of a stream
 */
record WholeAnswer(byte[] body, Usage usage) {}
