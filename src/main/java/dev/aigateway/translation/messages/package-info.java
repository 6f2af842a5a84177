/** Anthropic Messages, as a client dialect and as an upstream dialect. Translation reference, sections 5, 7 and 14. */
@NullMarked
package dev.aigateway.translation.messages;

import org.jspecify.annotations.NullMarked;
