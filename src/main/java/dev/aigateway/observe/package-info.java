/** What operators see of the gateway: metrics and the request log. No secret and no prompt ever reaches it. */
@NullMarked
package dev.aigateway.observe;

import org.jspecify.annotations.NullMarked;
