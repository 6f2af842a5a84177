/**
 * The attempt loop: plan, try, classify, fail over before the first byte, commit, cancel, outcome. Runs on the event loop
 * of the client's connection.
 */
@NullMarked
package dev.aigateway.dispatch;

import org.jspecify.annotations.NullMarked;
