package dev.aigateway.dispatch;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;

/** Which headers of an upstream's answer the client may see: its request id and its rate limits, nothing else. */
final class AnswerHeaders {
    private AnswerHeaders() {}

    static void pass(MultiMap upstream, Exchange exchange) {
        MultiMap passed = exchange.answerHeaders();
        passed.clear();
        for (Map.Entry<String, String> header : upstream) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("x-request-id") || name.equals("request-id")) {
                passed.set("x-upstream-request-id", header.getValue());
            } else if (name.startsWith("x-ratelimit-") || name.startsWith("anthropic-ratelimit-")) {
                passed.set(name, header.getValue());
            }
        }
    }
}
