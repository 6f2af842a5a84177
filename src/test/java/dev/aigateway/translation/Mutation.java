package dev.aigateway.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts a value where another kind of value belongs. */
final class Mutation {
    private static final List<String> VALUES = List.of(
            "null",
            "0",
            "1",
            "-7",
            "99999999999999999999",
            "1.5",
            "true",
            "''",
            "'x'",
            "'tool_use'",
            "'text'",
            "'content_block_start'",
            "'message_stop'",
            "[]",
            "{}",
            "[1]",
            "['x']",
            "{'a':1}",
            "[{'index':5}]",
            "[{'type':'text','text':'x'}]");

    private Mutation() {}

    /** The same tree with one member or element replaced or removed. */
    static JsonNode of(JsonNode tree, Random random) {
        List<JsonNode> holders = new ArrayList<>();
        collect(tree, holders);
        JsonNode value = RequestCase.json(VALUES.get(random.nextInt(VALUES.size())));
        switch (holders.get(random.nextInt(holders.size()))) {
            case ObjectNode object
            when !object.isEmpty() -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(5) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array when !array.isEmpty() -> array.set(random.nextInt(array.size()), value);
            default -> {}
        }
        return tree;
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (node.isContainerNode()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }
}
