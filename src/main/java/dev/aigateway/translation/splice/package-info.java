/**
 * The express lane's knife: finds fields in JSON bytes and replaces them by offset, without tokens or trees, so that a
 * same-dialect body reaches the upstream byte for byte. Specification: translation reference, section 1.1.
 */
@NullMarked
package dev.aigateway.translation.splice;

import org.jspecify.annotations.NullMarked;
