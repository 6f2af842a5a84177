/** In what order those that can serve a request are tried. */
@NullMarked
package dev.aigateway.routing.strategy;

import org.jspecify.annotations.NullMarked;
