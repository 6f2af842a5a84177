/** The command line: flags, the commands {@code serve}, {@code check} and {@code explain}, and what people see at start. */
@NullMarked
package dev.aigateway.cli;

import org.jspecify.annotations.NullMarked;
