package dev.aigateway.translation.property;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.conversation.Vendor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generates sequences that follow the grammar of {@link AnswerEvent}. Stateless. */
final class AnswerStreams {
    private AnswerStreams() {}

    private enum Kind {
        TEXT,
        THINKING,
        REDACTED,
        REFUSAL,
        CALL
    }

    /** @param marked whether the block is signed or, for a text, cited */
    private record Plan(Kind kind, int choice, List<String> pieces, boolean marked) {}

    /** Blocks advance in any order. */
    static Arbitrary<List<AnswerEvent>> interleaved() {
        return streams(true);
    }

    /** Each block ends before the next one starts. */
    static Arbitrary<List<AnswerEvent>> sequential() {
        return streams(false);
    }

    private static Arbitrary<List<AnswerEvent>> streams(boolean interleave) {
        return Combinators.combine(
                        plan().list().ofMaxSize(6),
                        usage(),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 1000))
                .as((plans, usage, limit, seed) -> stream(plans, usage, limit, new Random(seed), interleave));
    }

    private static Arbitrary<Plan> plan() {
        Arbitrary<Integer> choice =
                Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(0)), Tuple.of(1, Arbitraries.just(1)));
        Arbitrary<Boolean> marked = Arbitraries.of(true, false);
        return Arbitraries.of(Kind.class)
                .flatMap(kind -> Combinators.combine(
                                choice,
                                kind == Kind.CALL ? arguments() : piece().list().ofMaxSize(4),
                                marked)
                        .as((number, pieces, mark) -> new Plan(kind, number, pieces, mark)));
    }

    private static Arbitrary<String> piece() {
        return Arbitraries.of("a", "B ", " ", "é", "漢", "😀", "\"", "\\", "\t", "</", "data: ", "{")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(tokens -> String.join("", tokens));
    }

    /** A JSON object in pieces, or nothing at all, which stands for an empty one. */
    private static Arbitrary<List<String>> arguments() {
        Arbitrary<String> member = Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('a', 'f')
                                .ofMinLength(1)
                                .ofMaxLength(3),
                        Arbitraries.of("1", "-2.5", "null", "true", "[1,{}]", "\"}\"", "\"\\\"é\"", "{\"x\":[]}"))
                .as((name, value) -> "\"" + name + "\": " + value);
        Arbitrary<String> object = member.list()
                .uniqueElements(text -> text.substring(0, text.indexOf(':')))
                .ofMaxSize(3)
                .map(members -> "{" + String.join(",", members) + "}");
        return Combinators.combine(object, Arbitraries.integers().between(0, 7))
                .as((text, size) -> size == 0 ? List.of() : split(text, size));
    }

    private static List<String> split(String text, int size) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); at += size) {
            pieces.add(text.substring(at, Math.min(text.length(), at + size)));
        }
        return pieces;
    }

    private static Arbitrary<Usage> usage() {
        Arbitrary<Long> count = Arbitraries.longs().between(0, 500);
        return Combinators.combine(count, count, count, count)
                .as((plain, cached, output, reasoning) -> new Usage(
                        OptionalLong.of(plain + cached),
                        OptionalLong.of(cached),
                        OptionalLong.empty(),
                        OptionalLong.of(output + reasoning),
                        OptionalLong.of(reasoning)));
    }

    private static List<AnswerEvent> stream(
            List<Plan> plans, Usage usage, boolean limit, Random random, boolean interleave) {
        List<AnswerEvent> events = new ArrayList<>();
        events.add(new AnswerEvent.Started("id1", "m", Usage.UNKNOWN));
        TreeSet<Integer> choices = new TreeSet<>(List.of(0));
        List<Deque<AnswerEvent>> blocks = new ArrayList<>();
        for (Plan plan : plans) {
            choices.add(plan.choice());
            blocks.add(block(blocks.size(), plan));
        }
        merge(blocks, random, interleave, events);
        for (int choice : choices) {
            boolean calls = plans.stream().anyMatch(plan -> plan.choice() == choice && plan.kind() == Kind.CALL);
            StopReason reason = limit ? StopReason.LENGTH : calls ? StopReason.TOOL_USE : StopReason.END;
            events.add(new AnswerEvent.Finished(choice, reason, Optional.empty()));
        }
        events.add(new AnswerEvent.UsageReported(usage));
        events.add(new AnswerEvent.Completed());
        return events;
    }

    private static Deque<AnswerEvent> block(int number, Plan plan) {
        Deque<AnswerEvent> events = new ArrayDeque<>();
        events.add(new AnswerEvent.BlockStarted(number, plan.choice(), kind(number, plan.kind())));
        if (plan.marked() && plan.kind() == Kind.CALL) {
            events.add(new AnswerEvent.Signed(number, new Signature(Vendor.GOOGLE, "c2ln")));
        }
        if (plan.kind() != Kind.REDACTED) {
            plan.pieces().forEach(piece -> events.add(new AnswerEvent.Delta(number, piece)));
        }
        if (plan.marked() && plan.kind() == Kind.THINKING) {
            events.add(new AnswerEvent.Signed(number, new Signature(Vendor.ANTHROPIC, "s" + number)));
        }
        if (plan.marked() && plan.kind() == Kind.TEXT && !plan.pieces().isEmpty()) {
            events.add(new AnswerEvent.Cited(
                    number, new Citation("https://example.org", Optional.of("t"), 0, 1, Optional.empty())));
        }
        events.add(new AnswerEvent.BlockEnded(number));
        return events;
    }

    private static BlockKind kind(int number, Kind kind) {
        return switch (kind) {
            case TEXT -> new BlockKind.Text();
            case THINKING -> new BlockKind.Thinking();
            case REDACTED -> new BlockKind.RedactedThinking(Vendor.ANTHROPIC, "cmVk" + number);
            case REFUSAL -> new BlockKind.Refusal();
            case CALL -> new BlockKind.ToolCall("call_" + number, "f" + number);
        };
    }

    /** Blocks start in the order of their numbers. */
    private static void merge(
            List<Deque<AnswerEvent>> blocks, Random random, boolean interleave, List<AnswerEvent> events) {
        int begun = 0;
        while (blocks.stream().anyMatch(block -> !block.isEmpty())) {
            int pick = 0;
            if (!interleave) {
                while (blocks.get(pick).isEmpty()) {
                    pick++;
                }
            } else {
                pick = random.nextInt(Math.min(begun + 1, blocks.size()));
            }
            begun = Math.max(begun, pick + 1);
            Optional.ofNullable(blocks.get(pick).poll()).ifPresent(events::add);
            if (random.nextInt(8) == 0) {
                events.add(new AnswerEvent.Ping());
            }
        }
    }
}
