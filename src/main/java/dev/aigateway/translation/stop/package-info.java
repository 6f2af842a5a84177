/**
 * Stop sequences for upstreams that take none: the gateway itself looks for them in the text of the answer and ends it
 * there. Specification: translation reference, sections 7.1 and 12.
 */
@NullMarked
package dev.aigateway.translation.stop;

import org.jspecify.annotations.NullMarked;
