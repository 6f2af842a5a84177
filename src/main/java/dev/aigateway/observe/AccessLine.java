package dev.aigateway.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the log says of one finished request, with a conversation or without. Holds no prompt, no answer and no secret.
 *
 * @param bytes of the response's body
 * @param exchange what was asked of a model, if it came to that
 * @param key the place of the key that was tried last in the configuration
 * @param firstByteMillis until the answer began
 */
public record AccessLine(
        ClientCall call,
        int status,
        String outcome,
        long millis,
        long bytes,
        Optional<RequestLine> exchange,
        OptionalInt key,
        OptionalLong firstByteMillis) {

    String text() {
        StringBuilder text = new StringBuilder(160);
        text.append(Printable.word(call.id())).append(' ');
        text.append(Printable.word(call.address())).append(' ');
        text.append(Printable.word(call.method())).append(' ').append(Printable.word(call.path()));
        exchange.ifPresent(line -> text.append(' ')
                .append(line.protocol())
                .append(' ')
                .append(Printable.word(line.model()))
                .append(" -> ")
                .append(line.target().map(Printable::word).orElse("-"))
                .append(line.stream() ? " stream" : ""));
        text.append(' ').append(status).append(' ').append(outcome);
        key.ifPresent(index -> text.append(" key=").append(index));
        exchange.ifPresent(line -> text.append(" attempts=").append(line.attempts()));
        firstByteMillis.ifPresent(first -> text.append(" first=").append(first).append("ms"));
        text.append(' ').append(millis).append("ms");
        exchange.ifPresent(line -> text.append(" in=")
                .append(line.usage().input().orElse(0))
                .append(" out=")
                .append(line.usage().output().orElse(0)));
        return text.append(" bytes=").append(bytes).toString();
    }

    LogFields fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("request_id", call.id());
        fields.put("client", call.address());
        fields.put("method", call.method());
        fields.put("path", call.path());
        exchange.ifPresent(line -> {
            fields.put("dialect", line.protocol());
            fields.put("model", line.model());
            line.target().ifPresent(target -> fields.put("target", target));
            fields.put("stream", line.stream());
        });
        fields.put("status", status);
        fields.put("outcome", outcome);
        key.ifPresent(index -> fields.put("key", index));
        exchange.ifPresent(line -> fields.put("attempts", line.attempts()));
        firstByteMillis.ifPresent(first -> fields.put("first_byte_ms", first));
        fields.put("duration_ms", millis);
        exchange.ifPresent(line -> {
            line.usage().input().ifPresent(tokens -> fields.put("input_tokens", tokens));
            line.usage().output().ifPresent(tokens -> fields.put("output_tokens", tokens));
        });
        fields.put("bytes", bytes);
        return new LogFields(fields);
    }
}
