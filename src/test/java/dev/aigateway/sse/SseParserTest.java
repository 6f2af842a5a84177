package dev.aigateway.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseParserTest {
    private static final String MIXED =
            "\uFEFFevent: a\r\ndata: one\r\n\r\n: alive\n\ndata:two\ndata: lines\n\ndata: grüße 🦊\r\rid: 7\ndata\n\n";

    @Test
    void parse_mixedLineEndsInOneChunk_yieldsEveryEvent() {
        assertThat(parse(MIXED.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE))
                .containsExactly("a|one", "|", "|two\nlines", "|grüße 🦊", "|");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "5", "7", "11"})
    void parse_anyChunkSize_yieldsTheSameEvents(int size) {
        byte[] bytes = MIXED.getBytes(StandardCharsets.UTF_8);
        assertThat(parse(bytes, size)).isEqualTo(parse(bytes, Integer.MAX_VALUE));
    }

    @Test
    void parse_randomChunks_yieldsTheSameEvents() {
        byte[] bytes = MIXED.repeat(20).getBytes(StandardCharsets.UTF_8);
        List<String> whole = parse(bytes, Integer.MAX_VALUE);
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<String> events = new ArrayList<>();
            SseParser parser = new SseParser(1 << 20);
            int at = 0;
            while (at < bytes.length) {
                int size = Math.min(bytes.length - at, 1 + random.nextInt(40));
                parser.feed(bytes, at, size, event -> events.add(text(event)));
                at += size;
            }
            assertThat(events).isEqualTo(whole);
        }
    }

    @Test
    void raw_ofAllEvents_isTheStreamItself() {
        String stream = "event: a\ndata: 1\n\n: ping\n\ndata: 2\r\n\r\ndata: 3\n\n";
        StringBuilder forwarded = new StringBuilder();
        new SseParser(1000)
                .feed(
                        stream.getBytes(StandardCharsets.UTF_8),
                        event -> forwarded.append(event.raw().text()));
        assertThat(forwarded).hasToString(stream);
    }

    @Test
    void end_lastBlankLineMissing_yieldsTheEvent() {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser(1000);
        parser.feed("data: [DONE]".getBytes(StandardCharsets.UTF_8), event -> events.add(text(event)));
        assertThat(events).isEmpty();
        parser.end(event -> events.add(text(event)));
        assertThat(events).containsExactly("|[DONE]");
    }

    @Test
    void feed_onlyBlankLines_yieldsNothing() {
        assertThat(parse("\n\n\r\n\r\n".getBytes(StandardCharsets.UTF_8), 1)).isEmpty();
    }

    @Test
    void feed_eventOverTheLimit_isRefused() {
        SseParser parser = new SseParser(100);
        byte[] line = "data: 0123456789\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        parser.feed(line, event -> {});
                    }
                })
                .isInstanceOf(SseParser.EventTooLargeException.class)
                .hasMessageContaining("100");
    }

    @Test
    void feed_manyEventsInOneLargeChunk_areNotOverTheLimit() {
        byte[] chunk = "data: 0123456789\n\n".repeat(50).getBytes(StandardCharsets.UTF_8);
        List<String> events = new ArrayList<>();
        new SseParser(100).feed(chunk, event -> events.add(text(event)));
        assertThat(events).hasSize(50);
    }

    private static List<String> parse(byte[] bytes, int size) {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser(1 << 20);
        for (int at = 0; at < bytes.length; at += Math.min(size, bytes.length)) {
            parser.feed(bytes, at, Math.min(size, bytes.length - at), event -> events.add(text(event)));
        }
        parser.end(event -> events.add(text(event)));
        return events;
    }

    private static String text(SseEvent event) {
        return event.name() + "|" + event.data().text();
    }
}
