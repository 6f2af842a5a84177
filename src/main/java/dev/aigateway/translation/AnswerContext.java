package dev.aigateway.translation;

import dev.aigateway.conversation.Conversation;
import java.time.Instant;

/**
 * What an encoder needs to know beside the events.
 *
 * @param requestId our id of the exchange; seeds the ids that must be invented
 * @param model the model name the client asked for and will see
 * @param request the client's request, for dialects that echo parts of it
 */
public record AnswerContext(String requestId, String model, Instant created, Conversation request) {}
