/**
 * What every pair of dialects needs for tools: names and ids that the target accepts and the way back, calls paired with
 * their results, argument text as objects. Specification: translation reference, sections 8.3, 10.3 and 11.
 */
@NullMarked
package dev.aigateway.translation.tools;

import org.jspecify.annotations.NullMarked;
