/** The command line: flags, the commands {@code serve} and {@code check}, and what people see at start. */
@NullMarked
package dev.aigateway.cli;

import org.jspecify.annotations.NullMarked;
