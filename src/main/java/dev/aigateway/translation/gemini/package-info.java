/** Google Gemini, as a client dialect and as an upstream dialect. Translation reference, sections 6 to 15. */
@NullMarked
package dev.aigateway.translation.gemini;

import org.jspecify.annotations.NullMarked;
