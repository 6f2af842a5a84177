package dev.aigateway.translation.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Any legal answer stays legal in every client dialect and loses nothing: what its stream says, read back, is what the
 * upstream said, in sum; and a client without a stream is told the same (translation reference, sections 14.6-14.11, E7).
 */
class StreamPropertyTest {
    private static final String SEED = "20260101";

    @Provide
    Arbitrary<List<AnswerEvent>> interleaved() {
        return AnswerStreams.interleaved();
    }

    @Provide
    Arbitrary<List<AnswerEvent>> sequential() {
        return AnswerStreams.sequential();
    }

    @Property(tries = 500, seed = SEED)
    void generatedStream_isLegal(@ForAll("interleaved") List<AnswerEvent> events) {
        isLegal(events);
    }

    @Property(tries = 1000, seed = SEED)
    void stream_inEveryClientDialect_isLegalAndConservesItsSums(
            @ForAll ClientUnderTest client, @ForAll("interleaved") List<AnswerEvent> events) {
        String sse = client.encoded(events);
        client.isLegal(sse, true);
        List<AnswerEvent> decoded = client.decoded(sse);
        isLegal(decoded);
        Map<Integer, Said> said = Said.of(events);
        assertThat(comparable(client.shown(Said.of(decoded)), said))
                .as(sse)
                .isEqualTo(comparable(client.shown(said), said));
        assertThat(counts(Said.usage(decoded))).isEqualTo(counts(Said.usage(events)));
    }

    @Property(tries = 500, seed = SEED)
    void stream_thatFailsAnywhere_endsInExactlyOneError(
            @ForAll ClientUnderTest client,
            @ForAll("interleaved") List<AnswerEvent> events,
            @ForAll @IntRange(min = 1, max = 60) int length) {
        List<AnswerEvent> failing = new ArrayList<>(events.subList(0, Math.min(length, events.size() - 1)));
        failing.removeIf(event -> event instanceof AnswerEvent.Finished);
        failing.add(new AnswerEvent.Failed(GatewayError.of(GatewayError.Kind.OVERLOADED, "Busy")));
        String sse = client.encoded(failing);
        client.isLegal(sse, false);
        List<AnswerEvent> decoded = client.decoded(sse);
        isLegal(decoded);
        assertThat(decoded.getLast()).as(sse).isInstanceOf(AnswerEvent.Failed.class);
    }

    @Property(tries = 1000, seed = SEED)
    void wholeAnswer_saysWhatTheStreamSays(
            @ForAll ClientUnderTest client, @ForAll("sequential") List<AnswerEvent> events) {
        AnswerFolder folder = new AnswerFolder();
        events.forEach(folder);
        Answer whole = client.whole(folder.answer());
        List<AnswerEvent> streamed = client.decoded(client.encoded(events));
        Map<Integer, Said> said = Said.of(events);
        assertThat(comparable(client.shown(Said.of(whole)), said))
                .isEqualTo(comparable(client.shown(Said.of(streamed)), said));
        assertThat(counts(whole.usage())).isEqualTo(counts(Said.usage(streamed)));
    }

    /** A refusal changes the reason to stop in some dialects, so that the reason is not compared then. */
    private static Map<Integer, Said> comparable(Map<Integer, Said> said, Map<Integer, Said> original) {
        Map<Integer, Said> result = new TreeMap<>();
        said.forEach((choice, words) -> result.put(
                choice, original.get(choice).refusal().isEmpty() ? words : words.stopping(StopReason.REFUSAL)));
        return result;
    }

    private static List<Long> counts(Usage usage) {
        return List.of(count(usage.input()), count(usage.cacheRead()), count(usage.output()));
    }

    private static long count(OptionalLong count) {
        return count.orElse(0);
    }

    /** The grammar in the words of {@link AnswerEvent}. */
    private static void isLegal(List<AnswerEvent> events) {
        Set<Integer> open = new HashSet<>();
        Set<Integer> choices = new HashSet<>();
        int begun = 0;
        boolean started = false;
        boolean finishing = false;
        for (int i = 0; i < events.size(); i++) {
            AnswerEvent event = events.get(i);
            boolean last = i == events.size() - 1;
            assertThat(event instanceof AnswerEvent.Completed || event instanceof AnswerEvent.Failed)
                    .as("one ending, at the end: " + events)
                    .isEqualTo(last);
            if (!(event instanceof AnswerEvent.Ping || event instanceof AnswerEvent.Failed)) {
                assertThat(event instanceof AnswerEvent.Started)
                        .as("one start, first")
                        .isNotEqualTo(started);
                started = true;
            }
            switch (event) {
                case AnswerEvent.BlockStarted(var block, var choice, var kind) -> {
                    assertThat(block).isEqualTo(begun++);
                    assertThat(finishing).as("no block after a finish").isFalse();
                    open.add(block);
                }
                case AnswerEvent.Delta(var block, var text) -> {
                    assertThat(open).contains(block);
                    assertThat(text).isNotEmpty();
                }
                case AnswerEvent.Signed(var block, var signature) ->
                    assertThat(open).contains(block);
                case AnswerEvent.Cited(var block, var citation) ->
                    assertThat(open).contains(block);
                case AnswerEvent.BlockEnded(var block) ->
                    assertThat(open.remove(block)).isTrue();
                case AnswerEvent.Finished(var choice, var reason, var stop) -> {
                    assertThat(open).as("blocks end before the finish").isEmpty();
                    assertThat(choices.add(choice)).isTrue();
                    finishing = true;
                }
                case AnswerEvent.Completed ignored -> assertThat(finishing).isTrue();
                default -> {}
            }
        }
    }
}
