/**
 * Typed configuration: the YAML file, {@code .env}, {@code AI_PROXY_*} and flags become one immutable, validated
 * {@link dev.aigateway.config.GatewayConfig}.
 *
 * <p>{@code ConfigLoader} reads the sources into {@code Node}s; {@code Section} is the cursor over them by which
 * {@code GatewayBinding} reads. Binding is by hand, so that the code that reads a key is also the schema: a key that
 * nobody asked for is unknown. {@code GatewayConfigSource} tells Quarkus where to listen.
 * {@code KeyFile} reads what the file of a key holds. {@code ConfigReloader} reads everything again, {@code ConfigWatch}
 * notices when. All problems are reported at once, each with its place and, for an unknown key, the nearest known one.
 * Behaviour reference: sections 16 (D-01 to D-06, D-33) and 17.1.
 */
@NullMarked
package dev.aigateway.config;

import org.jspecify.annotations.NullMarked;
