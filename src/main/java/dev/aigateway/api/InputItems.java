package dev.aigateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.history.StoredResponse;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.tools.Fingerprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The input items of a stored response, page by page, each in the long form that clients expect. Stateless. */
final class InputItems {
    private static final int ID_DIGITS = 32;
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

    private InputItems() {}

    /**
     * Which items are asked for.
     *
     * @param after the id of the item before the first one
     */
    record Page(int limit, boolean newestFirst, Optional<String> after) {
        /** @throws dev.aigateway.conversation.GatewayException a 400 that names the parameter */
        static Page of(Optional<String> limit, Optional<String> order, Optional<String> after) {
            return new Page(
                    limit.map(Page::number).orElse(DEFAULT_LIMIT),
                    order.map(Page::isNewestFirst).orElse(true),
                    after);
        }

        private static int number(String text) {
            int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
            if (number < 1 || number > MAX_LIMIT) {
                throw GatewayError.badField("limit", "must be a whole number from 1 to " + MAX_LIMIT)
                        .toException();
            }
            return number;
        }

        private static boolean isNewestFirst(String word) {
            return switch (word) {
                case "desc" -> true;
                case "asc" -> false;
                default ->
                    throw GatewayError.badField("order", "must be asc or desc").toException();
            };
        }
    }

    static ObjectNode list(StoredResponse response, Page page) {
        List<ObjectNode> items = items(response);
        if (page.newestFirst()) {
            Collections.reverse(items);
        }
        int from = page.after().map(id -> indexOf(id, items) + 1).orElse(0);
        List<ObjectNode> shown = items.subList(from, Math.min(items.size(), from + page.limit()));
        ObjectNode list = Json.object().put("object", "list");
        list.putArray("data").addAll(shown);
        list.put("first_id", shown.isEmpty() ? null : id(shown.getFirst()));
        list.put("last_id", shown.isEmpty() ? null : id(shown.getLast()));
        return list.put("has_more", from + shown.size() < items.size());
    }

    private static int indexOf(String id, List<ObjectNode> items) {
        for (int i = 0; i < items.size(); i++) {
            if (id(items.get(i)).equals(id)) {
                return i;
            }
        }
        throw GatewayError.badField("after", "is not the id of an input item").toException();
    }

    private static List<ObjectNode> items(StoredResponse response) {
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode node : Json.parse(response.input()).orElseThrow()) {
            if (node instanceof ObjectNode item) {
                items.add(completed(item, response.id() + "\n" + items.size()));
            }
        }
        return items;
    }

    private static ObjectNode completed(ObjectNode item, String seed) {
        ObjectNode full = Json.object();
        boolean message = !item.hasNonNull("type") && item.hasNonNull("role");
        if (message) {
            full.put("type", "message");
        }
        full.setAll(item);
        if (!full.hasNonNull("id")) {
            String prefix = full.path("type").asText().equals("message") ? "msg_" : "item_";
            full.put("id", prefix + Fingerprint.of(seed, ID_DIGITS));
        }
        JsonNode content = full.path("content");
        if (content.isTextual()) {
            full.set(
                    "content",
                    parts(content.textValue(), full.path("role").asText().equals("assistant")));
        }
        // Nobody asked for it: the gateway keeps it for providers.
        full.remove("encrypted_content");
        return full;
    }

    private static ArrayNode parts(String text, boolean said) {
        ObjectNode part =
                Json.object().put("type", said ? "output_text" : "input_text").put("text", text);
        if (said) {
            part.putArray("annotations");
        }
        return Json.array().add(part);
    }

    private static String id(ObjectNode item) {
        return item.path("id").asText();
    }
}
