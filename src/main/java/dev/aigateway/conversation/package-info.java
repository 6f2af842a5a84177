/**
 * The hub: the canonical request, its turns and blocks, and the canonical answer events that every dialect is read into
 * and written from.
 *
 * <p>Pure Java. No framework type and no JSON library type appears here: JSON values that must survive unchanged
 * (tool arguments, schemas, vendor fields) are carried as their exact text in {@link dev.aigateway.conversation.RawJson}.
 * Everything is immutable and safe to share between threads. Specification: translation reference, sections 1, 2 and 9-13.
 */
@NullMarked
package dev.aigateway.conversation;

import org.jspecify.annotations.NullMarked;
