/** OpenAI Chat Completions, as a client dialect and as an upstream dialect. Translation reference, sections 3, 7 and 14. */
@NullMarked
package dev.aigateway.translation.chat;

import org.jspecify.annotations.NullMarked;
