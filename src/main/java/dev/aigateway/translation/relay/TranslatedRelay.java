package dev.aigateway.translation.relay;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.BlockedAnswer;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The translation lane: upstream events become canonical ones, and these the events of the client's dialect. */
public final class TranslatedRelay implements Relay {
    /** Events without content; more of them is no answer. */
    private static final int MAX_HELD = 1000;

    private final EventDecoder decoder;
    private final EventEncoder encoder;
    private final SseParser parser;
    private final int maxEventBytes;
    private final boolean replaceable;
    /** Events that came before the commit point. */
    private final List<AnswerEvent> held = new ArrayList<>();

    private Phase phase = Phase.PREAMBLE;
    private boolean committed;
    private Usage usage = Usage.UNKNOWN;
    private @Nullable GatewayError failure;

    /** @param replaceable whether another model takes over if this one only says that the content is blocked */
    public TranslatedRelay(EventDecoder decoder, EventEncoder encoder, int maxEventBytes, boolean replaceable) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.parser = new SseParser(maxEventBytes);
        this.maxEventBytes = maxEventBytes;
        this.replaceable = replaceable;
    }

    @Override
    public void feed(byte[] chunk, SseWriter out) {
        Consumer<AnswerEvent> sink = event -> pass(event, out);
        try {
            parser.feed(chunk, event -> decoder.decode(event, sink));
        } catch (SseParser.EventTooLargeException e) {
            fail(Cut.oversized(maxEventBytes), out);
        }
    }

    @Override
    public void end(SseWriter out) {
        Consumer<AnswerEvent> sink = event -> pass(event, out);
        parser.end(event -> decoder.decode(event, sink));
        decoder.end(sink);
        if (phase != Phase.ENDED) {
            fail(Cut.error(), out);
        }
    }

    @Override
    public void fail(GatewayError error, SseWriter out) {
        pass(new AnswerEvent.Failed(error), out);
    }

    @Override
    public void keepalive(SseWriter out) {
        encoder.keepalive(out);
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public boolean endedEarly() {
        return decoder.endedEarly();
    }

    @Override
    public boolean committed() {
        return committed;
    }

    @Override
    public Optional<GatewayError> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Usage usage() {
        return usage;
    }

    private void pass(AnswerEvent event, SseWriter out) {
        if (phase == Phase.ENDED || phase == Phase.FAILED) {
            return;
        }
        if (event instanceof AnswerEvent.Completed && replaceable && isBlocked()) {
            fail(BlockedAnswer.error(), out);
            return;
        }
        note(event);
        if (event instanceof AnswerEvent.Failed(var error)) {
            phase = Phase.FAILED;
            failure = error;
        }
        if (!committed && meaningful(event)) {
            committed = true;
            phase = Phase.COMMITTED;
            held.forEach(earlier -> encoder.encode(earlier, out));
            held.clear();
        }
        if (committed) {
            encoder.encode(event, out);
        } else if (!(event instanceof AnswerEvent.Ping)) {
            held.add(event);
            if (held.size() > MAX_HELD) {
                fail(Cut.empty(), out);
            }
        }
        if (event instanceof AnswerEvent.Completed) {
            phase = Phase.ENDED;
        }
    }

    /** Only a block of the content ends an answer that has not begun. */
    private boolean isBlocked() {
        return held.stream().anyMatch(AnswerEvent.Finished.class::isInstance);
    }

    private void note(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Started started -> usage = usage.merge(started.usage());
            case AnswerEvent.UsageReported reported -> usage = usage.merge(reported.usage());
            default -> {}
        }
    }

    /** Whether the client could act on the event; a text block may still turn out empty. */
    private static boolean meaningful(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.BlockStarted(var block, var choice, var kind) ->
                !(kind instanceof BlockKind.Text
                        || kind instanceof BlockKind.Thinking
                        || kind instanceof BlockKind.Refusal);
            case AnswerEvent.Delta ignored -> true;
            case AnswerEvent.Signed ignored -> true;
            case AnswerEvent.Cited ignored -> true;
            case AnswerEvent.Finished finished -> !finished.reason().isAboutContent();
            case AnswerEvent.Completed ignored -> true;
            case AnswerEvent.Started ignored -> false;
            case AnswerEvent.BlockEnded ignored -> false;
            case AnswerEvent.Scored ignored -> false;
            case AnswerEvent.UsageReported ignored -> false;
            case AnswerEvent.Failed ignored -> false;
            case AnswerEvent.Ping ignored -> false;
        };
    }
}
