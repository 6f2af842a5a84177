/**
 * Configurations of other gateways, turned into ours. A text is read into {@code Foreign} nodes, whatever its format;
 * {@code Gateway} recognises by its keys whose it is; that gateway's converter walks it with a {@code Cursor} and writes a
 * {@code Block} of our schema. What changed its meaning or has no counterpart becomes a comment in the block, what a user
 * would miss also a warning: nothing is dropped silently, and the same text always gives the same document. Knows nothing of
 * how our own configuration is loaded. Behaviour reference: sections 1 to 5, 16 (D-01 to D-18) and 17.1.
 */
@NullMarked
package dev.aigateway.config.importing;

import org.jspecify.annotations.NullMarked;
