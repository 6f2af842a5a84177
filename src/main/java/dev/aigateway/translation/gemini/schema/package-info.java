/**
 * JSON schemas on their way to and from Gemini: full cleaning to its OpenAPI subset, the light trim for models that take
 * JSON schema, and the way back. Pure functions over trees. Translation reference, section 8.
 */
@NullMarked
package dev.aigateway.translation.gemini.schema;

import org.jspecify.annotations.NullMarked;
