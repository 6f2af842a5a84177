/**
 * Carries one upstream stream to one client: the express lane forwards events untouched, the translation lane decodes and
 * encodes them. Both tell dispatch when there is no way back. Specification: translation reference, sections 1.1, 14.
 */
@NullMarked
package dev.aigateway.translation.relay;

import org.jspecify.annotations.NullMarked;
