/** What is remembered of keys and providers: failures, breakers, capacity, latency. Keyed by identity, so it outlives a reload. */
@NullMarked
package dev.aigateway.routing.state;

import org.jspecify.annotations.NullMarked;
