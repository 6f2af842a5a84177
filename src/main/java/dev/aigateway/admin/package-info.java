/**
 * What operators see and do while the gateway runs: configuration, statistics, dry runs, switches (behaviour reference,
 * 1.5, 2.10, 3.4). {@code api.AccessFilter} has let nobody in but operators. Answers hold no secret; they are made on
 * virtual threads, never on the event loop.
 */
@NullMarked
package dev.aigateway.admin;

import org.jspecify.annotations.NullMarked;
