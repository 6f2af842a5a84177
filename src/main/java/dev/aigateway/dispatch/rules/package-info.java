/** Which changes a request to a candidate needs, as the configuration wants them. */
@NullMarked
package dev.aigateway.dispatch.rules;

import org.jspecify.annotations.NullMarked;
