/**
 * Repairs: what to change in a request that an upstream refused in recognised words, so that it may be asked once more
 * (translation reference, sections 9.5 and 15.6). Pure functions over the body in the upstream's dialect.
 */
@NullMarked
package dev.aigateway.translation.repair;

import org.jspecify.annotations.NullMarked;
