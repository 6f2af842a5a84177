package dev.aigateway.translation.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Turn;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids that repeat, at an upstream that wants each once: sections 5.2 and 10.3 of the translation reference. */
class UniqueCallIdsTest {
    /**
     * A history, word by word: u(ser), a(ssistant) text, c(all) with its id, r(esult) with its id and text. A new turn begins
     * with every comma. Then the calls' inputs, in order, that each result must belong to, in order.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no repeat                        | u, c0, r0:a, c1, r1:b          | 0=a 1=b",
                "the same id in every turn        | u, c0, r0:a, c0, r0:b, c0, r0:c | 0=a 1=b 2=c",
                "two ids again                    | u, c0 c1, r0:a r1:b, c0 c1, r1:d r0:c | 0=a 1=b 2=c 3=d",
                "twice in one turn                | u, c0 c0, r0:a r0:b            | 0=a 1=b",
                "the earlier one was interrupted  | u, c0, u, c0, r0:b             | 0=! 1=b",
                "the later one was interrupted    | u, c0, r0:a, c0                | 0=a 1=!",
                "messages in a row                | u, c0, c0, r0:a, r0:b          | 0=a 1=b",
            })
    void repeatedId_isUniqueUpstream_andItsResultFollowsIt(String label, String history, String pairs) {
        JsonNode request = written(messages(history));
        List<String> calls = new ArrayList<>();
        List<String> found = new ArrayList<>();
        request.path("messages")
                .forEach(message -> message.path("content").forEach(block -> {
                    if (block.path("type").asText().equals("tool_use")) {
                        calls.add(block.path("id").asText());
                    } else if (block.path("type").asText().equals("tool_result")) {
                        String text = block.path("content").asText();
                        found.add(calls.indexOf(block.path("tool_use_id").asText()) + "="
                                + (text.startsWith("(no result") ? "!" : text));
                    }
                }));
        Set<String> unique = new HashSet<>(calls);
        assertThat(unique).hasSameSizeAs(calls).allMatch(id -> id.matches("[A-Za-z0-9_-]+"));
        assertThat(found).containsExactlyInAnyOrder(pairs.split(" "));
        assertThat(calls.getFirst()).isEqualTo("id0");
        assertThat(written(messages(history))).isEqualTo(request);
    }

    @Test
    void history_thatGrows_keepsTheIdsItHad() {
        String before =
                written(messages("u, c0, r0:a, c0, r0:b")).path("messages").toString();
        String after = written(messages("u, c0, r0:a, c0, r0:b, c0, r0:c"))
                .path("messages")
                .toString();
        assertThat(after).startsWith(before.substring(0, before.length() - 1));
    }

    @Test
    void turnsWithoutRepeats_areLeftAsTheyAre() {
        List<Turn> turns = read(messages("u, c0 c1, r1:a r0:b")).turns();
        assertThat(UniqueCallIds.of(turns)).isEqualTo(turns);
    }

    private static JsonNode written(String body) {
        byte[] request = new MessagesDialect()
                .writeRequest(
                        read(body), Target.of(Dialect.MESSAGES, "claude-sonnet-4-5"), new TranslationNotes(false));
        return Json.parse(request).orElseThrow();
    }

    private static Conversation read(String body) {
        return new ChatDialect()
                .readRequest("m", false, Json.bytes(RequestCase.json(body)), new TranslationNotes(false));
    }

    private static String messages(String history) {
        List<String> messages = new ArrayList<>();
        for (String turn : history.split(",")) {
            List<String> calls = new ArrayList<>();
            for (String word : turn.strip().split(" ")) {
                switch (word.charAt(0)) {
                    case 'u' -> messages.add("{'role':'user','content':'go'}");
                    case 'c' ->
                        calls.add("{'id':'id" + word.charAt(1)
                                + "','type':'function','function':{'name':'f','arguments':'{}'}}");
                    default ->
                        messages.add("{'role':'tool','tool_call_id':'id" + word.charAt(1) + "','content':'"
                                + word.substring(3) + "'}");
                }
            }
            if (!calls.isEmpty()) {
                messages.add("{'role':'assistant','content':null,'tool_calls':[" + String.join(",", calls) + "]}");
            }
        }
        return "{'model':'m','messages':[" + String.join(",", messages) + "]}";
    }
}
