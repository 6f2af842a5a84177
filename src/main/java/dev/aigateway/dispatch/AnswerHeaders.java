package dev.aigateway.dispatch;

import dev.aigateway.config.HeaderRules;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which headers of an upstream's answer the client may see: its request id, its rate limits and what the
 * configuration names; with an answer that is
 * passed on as it is also those that tell what the body is.
 */
final class AnswerHeaders {
    private static final List<String> OF_BODY =
            List.of("content-type", "content-length", "content-encoding", "content-disposition", "content-language");

    private AnswerHeaders() {}

    static MultiMap ofBody(MultiMap upstream) {
        MultiMap passed = MultiMap.caseInsensitiveMultiMap();
        for (String name : OF_BODY) {
            String value = upstream.get(name);
            if (value != null) {
                passed.set(name, value);
            }
        }
        return passed;
    }

    static void pass(MultiMap upstream, HeaderRules rules, Exchange exchange) {
        MultiMap passed = exchange.answerHeaders();
        passed.clear();
        for (Map.Entry<String, String> header : upstream) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("x-request-id") || name.equals("request-id")) {
                passed.set("x-upstream-request-id", header.getValue());
            } else if (name.startsWith("x-ratelimit-") || name.startsWith("anthropic-ratelimit-")) {
                passed.set(name, header.getValue());
            } else if (rules.back().contains(name)) {
                passed.add(name, header.getValue());
            }
        }
    }
}
