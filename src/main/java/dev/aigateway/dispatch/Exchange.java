package dev.aigateway.dispatch;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.routing.Candidate;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.TranslationNotes;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was decided about one request on its way: attempts, notes, usage, failure. Logs, metrics and response
 * headers read it; nothing else carries request state. Confined to the event loop of the client's connection.
 */
public final class Exchange {
    private final ClientRequest request;
    private final GatewayConfig config;
    private final long startNanos = System.nanoTime();
    private final List<Attempt> attempts = new ArrayList<>();
    private final MultiMap answerHeaders = MultiMap.caseInsensitiveMultiMap();
    private List<TranslationNotes.Note> notes = List.of();
    private Usage usage = Usage.UNKNOWN;
    private Optional<Consumer<SseWriter>> keepalive = Optional.empty();
    private @Nullable GatewayError failure;
    private Optional<String> target = Optional.empty();
    private OptionalInt key = OptionalInt.empty();
    private boolean trying;
    private boolean brokenByUs;
    private OptionalLong firstByteMillis = OptionalLong.empty();
    private Consumer<Ending> whenEnded = ending -> {};

    Exchange(ClientRequest request, GatewayConfig config) {
        this.request = request;
        this.config = config;
    }

    /**
     * How it ended.
     *
     * @param status what the client was told
     */
    public record Ending(Outcome outcome, int status) {}

    /** What was in force when the request came; a reload does not change it. */
    public GatewayConfig config() {
        return config;
    }

    public ClientRequest request() {
        return request;
    }

    /** What the candidate that was tried last could not be told. */
    public List<TranslationNotes.Note> notes() {
        return notes;
    }

    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** The attempts as the {@code x-gateway-attempts} header shows them. */
    public String attemptsLine() {
        return attempts.stream().map(Attempt::toString).collect(Collectors.joining(", "));
    }

    /** How many attempts there were, with one that is still under way. */
    public int attemptCount() {
        return attempts.size() + (trying ? 1 : 0);
    }

    /** The provider and model that were tried last, if only to wait for an answer; empty before the first attempt. */
    public Optional<String> target() {
        return target;
    }

    /** Headers of the upstream's answer that the client should see. */
    public MultiMap answerHeaders() {
        return answerHeaders;
    }

    public Usage usage() {
        return usage;
    }

    /** Why the exchange failed, or why its stream broke after the commit point. */
    public Optional<GatewayError> failure() {
        return Optional.ofNullable(failure);
    }

    /** Writes signs of life that fit the stream that has begun; empty before the commit point. */
    public Optional<Consumer<SseWriter>> keepalive() {
        return keepalive;
    }

    void keepAliveBy(Consumer<SseWriter> writer) {
        keepalive = Optional.of(writer);
    }

    public long elapsedMillis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /** The place in the configuration of the key that was tried last; empty before, and where no key is needed. */
    public OptionalInt key() {
        return key;
    }

    /** Until something of an answer was there for the client. */
    public OptionalLong firstByteMillis() {
        return firstByteMillis;
    }

    /** At most one listener hears of the end. */
    public void whenEnded(Consumer<Ending> listener) {
        whenEnded = listener;
    }

    /** To be called once, when everything else has been decided. */
    public void ended(Ending ending) {
        whenEnded.accept(ending);
    }

    void tries(Candidate candidate) {
        tries(candidate.label());
        key = candidate.key().isPresent() ? OptionalInt.of(candidate.keyIndex()) : OptionalInt.empty();
    }

    /** For what needs no candidate. */
    void tries(String label) {
        target = Optional.of(label);
        trying = true;
    }

    void answered() {
        firstByteMillis = OptionalLong.of(elapsedMillis());
    }

    void attempted(Attempt attempt) {
        attempts.add(attempt);
        trying = false;
    }

    void noted(List<TranslationNotes.Note> latest) {
        notes = latest;
    }

    void counted(Usage later) {
        usage = usage.merge(later);
    }

    /** Whether no provider is to blame for the failure. */
    boolean isBrokenByUs() {
        return brokenByUs;
    }

    void brokenByUs() {
        brokenByUs = true;
    }

    void failed(GatewayError error) {
        failure = error;
    }
}
