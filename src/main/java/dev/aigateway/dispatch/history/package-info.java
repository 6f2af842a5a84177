/**
 * What the gateway remembers of conversations: responses and their items for providers that remember nothing, signatures
 * for clients that cannot carry them. An owner's memory is its own.
 */
@NullMarked
package dev.aigateway.dispatch.history;

import org.jspecify.annotations.NullMarked;
