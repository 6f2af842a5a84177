/** What the gateway remembers of Responses conversations for providers that remember nothing. */
@NullMarked
package dev.aigateway.dispatch.history;

import org.jspecify.annotations.NullMarked;
