package dev.aigateway.translation.gemini.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.gemini.schema.SchemaCleaner.Bounds;
import java.util.Optional;

/** The forms in which Gemini's backends take a JSON schema (translation reference, sections 8.1 and 8.2). */
public enum SchemaForm {
    /** As it is, without the words that are known to be refused. */
    TRIMMED,
    /** The OpenAPI subset. */
    CLEANED,
    /** The OpenAPI subset without lengths, patterns and bounds. */
    STRICT;

    /** The parameters of a function in this form. */
    Written parameters(RawJson schema) {
        JsonNode tree = Json.tree(schema);
        return written(
                tree,
                switch (this) {
                    case TRIMMED -> SchemaTrim.parameters(tree);
                    case CLEANED -> SchemaCleaner.parameters(tree, Bounds.KEPT);
                    case STRICT -> SchemaCleaner.parameters(tree, Bounds.TOLD);
                });
    }

    /** Any schema, such as that of an answer, in this form. */
    Written whole(RawJson schema) {
        JsonNode tree = Json.tree(schema);
        return written(
                tree,
                Optional.of(
                        switch (this) {
                            case TRIMMED -> SchemaTrim.trim(tree);
                            case CLEANED -> SchemaCleaner.clean(tree, Bounds.KEPT);
                            case STRICT -> SchemaCleaner.clean(tree, Bounds.TOLD);
                        }));
    }

    private static Written written(JsonNode schema, Optional<? extends JsonNode> written) {
        JsonNode plain = schema;
        if (schema instanceof ObjectNode object && object.has("$schema")) {
            // Leaving out the schema's own address changes nothing.
            plain = object.deepCopy().without("$schema");
        }
        boolean changed = written.isPresent() && !written.get().equals(plain);
        return new Written(written.map(Json::raw), changed);
    }

    /**
     * A schema in its form.
     *
     * @param schema empty when there is nothing to pass
     * @param changed whether it says something else than the client's
     */
    public record Written(Optional<RawJson> schema, boolean changed) {}
}
