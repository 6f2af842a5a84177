/** Which provider, key and upstream model may serve a request, and in what order. */
@NullMarked
package dev.aigateway.routing;

import org.jspecify.annotations.NullMarked;
