/**
 * The HTTP face of the gateway: one JAX-RS resource per client protocol, the access key, reading bodies and writing
 * answers. Decides nothing about providers.
 */
@NullMarked
package dev.aigateway.api;

import org.jspecify.annotations.NullMarked;
