package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;

/**
 * One request on its way from a client's dialect to another: what it holds, and what the upstream must get to see. JSON is
 * written with single quotes. Every case also proves that the same request gives the same bytes twice (M8), that exactly
 * the named notes are taken, and that strict mode refuses whatever is dropped.
 */
public final class RequestCase {
    private final String label;
    private final ClientDialect client;
    private final UpstreamDialect upstream;
    private final ObjectNode body;
    private final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    private final Map<String, String> given = new LinkedHashMap<>();
    private final List<String> absent = new ArrayList<>();
    private List<String> notes = List.of();
    private String model;
    private boolean stream;
    private OptionalInt defaultMaxTokens = OptionalInt.empty();
    private Optional<String> refused = Optional.empty();

    public RequestCase(String label, ClientDialect client, UpstreamDialect upstream, String body, String model) {
        this.label = label;
        this.client = client;
        this.upstream = upstream;
        this.body = (ObjectNode) json(body);
        this.model = model;
    }

    /** Adds members to the request; later ones replace earlier ones. */
    public RequestCase with(String members) {
        body.setAll((ObjectNode) json("{" + members + "}"));
        return this;
    }

    public RequestCase messages(String... messages) {
        return with("'messages':[" + String.join(",", messages) + "]");
    }

    public RequestCase to(String upstreamModel, Quirk... with) {
        model = upstreamModel;
        quirks.addAll(List.of(with));
        return this;
    }

    public RequestCase streamed() {
        stream = true;
        return this;
    }

    public RequestCase defaultMaxTokens(int limit) {
        defaultMaxTokens = OptionalInt.of(limit);
        return this;
    }

    /** Expects a value at a JSON pointer of the upstream's request. */
    public RequestCase gives(String pointer, String value) {
        given.put(pointer, value);
        return this;
    }

    public RequestCase lacks(String... pointers) {
        absent.addAll(List.of(pointers));
        return this;
    }

    public RequestCase notes(String... expected) {
        notes = List.of(expected);
        return this;
    }

    /** Expects a 400 that names this field. */
    public RequestCase isRefusedFor(String field) {
        refused = Optional.of(field);
        return this;
    }

    public DynamicTest test() {
        return DynamicTest.dynamicTest(label, this::run);
    }

    /** JSON with single quotes for double ones. */
    public static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"')).orElseThrow(() -> new AssertionError("not JSON: " + text));
    }

    private void run() {
        if (refused.isPresent()) {
            GatewayException error =
                    catchThrowableOfType(GatewayException.class, () -> write(new TranslationNotes(false)));
            assertThat(error).as("refused").isNotNull();
            assertThat(error.error().status()).isEqualTo(400);
            assertThat(error.error().param()).isEqualTo(refused);
            return;
        }
        TranslationNotes taken = new TranslationNotes(false);
        byte[] written = write(taken);
        JsonNode request = Json.parse(written).orElseThrow();
        // Gemini has the model in the path.
        assertThat(request.path("model").textValue()).isEqualTo(upstream.dialect() == Dialect.GEMINI ? null : model);
        given.forEach((pointer, value) ->
                assertThat(request.at(pointer)).as(pointer + " of " + request).isEqualTo(json(value)));
        absent.forEach(pointer -> assertThat(request.at(pointer).isMissingNode())
                .as(pointer + " of " + request)
                .isTrue());
        assertThat(taken.all()).extracting(Object::toString).containsExactlyInAnyOrderElementsOf(notes);
        assertThat(write(new TranslationNotes(false))).as("second writing").isEqualTo(written);
        if (notes.stream().anyMatch(note -> note.startsWith("dropped:"))) {
            assertThat(catchThrowableOfType(GatewayException.class, () -> write(new TranslationNotes(true))))
                    .as("strict mode")
                    .isNotNull();
        }
    }

    private byte[] write(TranslationNotes taken) {
        Conversation conversation = client.readRequest("asked", stream, Json.bytes(body), taken);
        Target target = new Target(upstream.dialect(), model, defaultMaxTokens, ModelCatalog.traits(model), quirks);
        return upstream.writeRequest(conversation, target, taken);
    }
}
