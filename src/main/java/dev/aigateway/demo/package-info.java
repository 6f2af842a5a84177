/** The built-in demo provider: answers every dialect in-process, so that the first request works offline. */
@NullMarked
package dev.aigateway.demo;

import org.jspecify.annotations.NullMarked;
