/**
 * HTTP to providers: connections, trust, time limits, URLs and credentials per provider type, and the built-in demo
 * provider. A key is only ever sent to the host of the provider it was configured for; redirects are never followed.
 */
@NullMarked
package dev.aigateway.upstream;

import org.jspecify.annotations.NullMarked;
