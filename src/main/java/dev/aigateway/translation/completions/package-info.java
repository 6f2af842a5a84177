/** OpenAI's legacy Completions, as a client dialect only. Translation reference, sections 3.4 and 18.2. */
@NullMarked
package dev.aigateway.translation.completions;

import org.jspecify.annotations.NullMarked;
