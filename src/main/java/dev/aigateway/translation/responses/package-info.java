/** OpenAI Responses, as a client dialect and as an upstream dialect. Translation reference, sections 4, 7 and 14. */
@NullMarked
package dev.aigateway.translation.responses;

import org.jspecify.annotations.NullMarked;
