package dev.aigateway.translation.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Turn.Role;
import dev.aigateway.translation.TranslationNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls and results in pairs: sections 10.1 and 10.3 of the translation reference. A turn is written as its role's letter
 * and its blocks: {@code t} text, {@code cN} call, {@code rN} result, {@code xN} result of an interrupted call.
 */
class PairingRepairTest {
    @ParameterizedTest(name = "10.3: {0}")
    @CsvSource({
        "U t A c1 U r1, U t A c1 U r1, false",
        "U t A c1 c2 U r2 r1, U t A c1 c2 U r2 r1, false",
        "A c1 c2 U r1, A c1 c2 U r1 x2, true",
        "A c1, A c1 U x1, true",
        "A c1 A c2 U r1 r2, A c1 c2 U r1 r2, false",
        "A t A c1 U r1, A t A c1 U r1, false",
        "A c1 c2 U r1 U r2, A c1 c2 U r1 r2, false",
        "A c1 U t U r1, A c1 U r1 t, false",
        "A c1 U t r1, A c1 U r1 t, false",
        "A c1 S t U r1, A c1 U r1 S t, false",
        "A c1 S t, A c1 U x1 S t, true",
        "A c1 A t, A c1 t U x1, true",
        "U r9, U t t, true",
        "A c1 U r1 U r1, A c1 U r1, true",
        "A c1 U r1 A c1 U r1, A c1 U r1 A c1 U r1, false",
        "A c1 U t A t U r1, A c1 U x1 t A t U t t, true",
        "U t U t, U t U t, false"
    })
    void turns_arePaired(String given, String expected, boolean noted) {
        TranslationNotes notes = new TranslationNotes(false);
        assertThat(shown(PairingRepair.repair(turns(given), notes))).isEqualTo(expected);
        assertThat(notes.all().isEmpty()).isEqualTo(!noted);
    }

    @RepeatedTest(100)
    void randomTurns_everyCallHasItsResultNext(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Turn> repaired = PairingRepair.repair(turns(randomTurns(random)), new TranslationNotes(false));
        for (int at = 0; at < repaired.size(); at++) {
            Turn turn = repaired.get(at);
            List<String> calls = turn.blocks().stream()
                    .filter(Block.ToolCall.class::isInstance)
                    .map(block -> ((Block.ToolCall) block).id())
                    .distinct()
                    .toList();
            boolean waits = turn.role() == Role.ASSISTANT && !calls.isEmpty();
            List<Block> next = waits ? repaired.get(at + 1).blocks() : List.of();
            assertThat(next.stream().limit(calls.size()).map(PairingRepairTest::callId))
                    .containsExactlyInAnyOrderElementsOf(calls);
            assertThat(next.stream().skip(calls.size())).noneMatch(Block.ToolResult.class::isInstance);
            boolean answered = at > 0 && repaired.get(at - 1).role() == Role.ASSISTANT;
            assertThat(answered || turn.blocks().stream().noneMatch(Block.ToolResult.class::isInstance))
                    .as(shown(repaired))
                    .isTrue();
        }
    }

    private static String callId(Block block) {
        return ((Block.ToolResult) block).callId();
    }

    private static String randomTurns(Random random) {
        StringBuilder turns = new StringBuilder();
        for (int turn = 0; turn < 8; turn++) {
            char role = "UASU".charAt(random.nextInt(4));
            turns.append(' ').append(role);
            for (int block = random.nextInt(4); block > 0; block--) {
                boolean plain = role == 'S' || random.nextInt(3) == 0;
                turns.append(plain ? " t" : (role == 'A' ? " c" : " r") + random.nextInt(4));
            }
        }
        return turns.toString().trim();
    }

    private static List<Turn> turns(String text) {
        List<Turn> turns = new ArrayList<>();
        for (String word : text.split(" ")) {
            switch (word.charAt(0)) {
                case 'U' -> turns.add(new Turn(Role.USER, new ArrayList<>()));
                case 'A' -> turns.add(new Turn(Role.ASSISTANT, new ArrayList<>()));
                case 'S' -> turns.add(new Turn(Role.SYSTEM, new ArrayList<>()));
                default -> turns.getLast().blocks().add(block(word));
            }
        }
        return turns;
    }

    private static Block block(String word) {
        String id = word.substring(1);
        return switch (word.charAt(0)) {
            case 'c' -> new Block.ToolCall(id, "f", "{}");
            case 'r' ->
                new Block.ToolResult(
                        id, Optional.empty(), ToolKind.FUNCTION, List.of(new Block.Text("r")), false, Optional.empty());
            default -> new Block.Text("t");
        };
    }

    private static String shown(List<Turn> turns) {
        return turns.stream()
                .map(turn -> turn.role().name().charAt(0)
                        + turn.blocks().stream()
                                .map(PairingRepairTest::shown)
                                .map(block -> " " + block)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" "));
    }

    private static String shown(Block block) {
        return switch (block) {
            case Block.ToolCall call -> "c" + call.id();
            case Block.ToolResult result -> (result.error() ? "x" : "r") + result.callId();
            default -> "t";
        };
    }
}
