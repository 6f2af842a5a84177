/**
 * Changes that operators want in request bodies, made in the bytes: whatever a change does not name stays as it was.
 */
@NullMarked
package dev.aigateway.translation.rules;

import org.jspecify.annotations.NullMarked;
