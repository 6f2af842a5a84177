package dev.aigateway.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A login in JSON, in any of the forms in which programs keep theirs: the token at one of a few places, and beside or above
 * it until when it counts. An end that is not known is none. Used by one thread while it is read. Reference of logins:
 * sections 0.4, 1.1, 2.1, 3.1 and 4.1.
 */
final class StoredLogin {
    /** What is found first is taken. */
    private static final List<JsonPointer> TOKENS = Stream.of(
                    "/access_token",
                    "/accessToken",
                    "/tokens/access_token",
                    "/token/access_token",
                    "/token",
                    "/claudeAiOauth/accessToken",
                    "/api_key",
                    "/key",
                    "/OPENAI_API_KEY")
            .map(JsonPointer::compile)
            .toList();

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A larger number cannot be of seconds. */
    private static final long MOST_SECONDS = 100_000_000_000L;

    private final JsonNode root;
    /** The object that the token stands in. */
    private final JsonNode owner;

    private final String token;

    private StoredLogin(JsonNode root, JsonPointer place) {
        this.root = root;
        this.owner = root.at(place.head());
        this.token = root.at(place).asText().strip();
    }

    static KeyFile read(String text, Instant now) {
        try {
            JsonNode root = JSON.readTree(text);
            return TOKENS.stream()
                    .filter(place -> root.at(place).isTextual()
                            && !root.at(place).asText().isBlank())
                    .findFirst()
                    .map(place -> new StoredLogin(root, place).key(now))
                    .orElseGet(() -> new KeyFile.Unusable("holds no token"));
        } catch (JsonProcessingException e) {
            return new KeyFile.Unusable("is not valid JSON");
        }
    }

    private KeyFile key(Instant now) {
        if (objects().anyMatch(object -> object.path("disabled").booleanValue())) {
            return new KeyFile.Unusable("says that its login is disabled");
        }
        if (objects().flatMap(StoredLogin::ends).anyMatch(end -> !end.isAfter(now))) {
            return new KeyFile.Unusable("holds a login that has expired");
        }
        return KeyFile.key(token, "holds a token that is no key");
    }

    private Stream<JsonNode> objects() {
        return Stream.of(owner, root);
    }

    private static Stream<Instant> ends(JsonNode object) {
        return Stream.of(
                        text(object.path("expired")),
                        text(object.path("expiry")),
                        milliseconds(object.path("expiry_date")),
                        textOrNumber(object.path("expires_at")),
                        textOrNumber(object.path("expiresAt")))
                .flatMap(Optional::stream)
                // Programs write a zero of their own for an end that they do not know.
                .filter(end -> end.isAfter(Instant.EPOCH));
    }

    private static Optional<Instant> textOrNumber(JsonNode value) {
        boolean seconds = value.isNumber() && value.doubleValue() <= MOST_SECONDS;
        return seconds
                ? number(value).map(Instant::ofEpochSecond)
                : milliseconds(value).or(() -> text(value));
    }

    private static Optional<Instant> milliseconds(JsonNode value) {
        return number(value).map(Instant::ofEpochMilli);
    }

    private static Optional<Long> number(JsonNode value) {
        return Optional.of(value)
                .filter(node -> node.isNumber() && node.canConvertToLong())
                .map(JsonNode::longValue)
                .filter(number -> number > 0);
    }

    private static Optional<Instant> text(JsonNode value) {
        try {
            return Optional.of(OffsetDateTime.parse(value.asText().strip()).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
