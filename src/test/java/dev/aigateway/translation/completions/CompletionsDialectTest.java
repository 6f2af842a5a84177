package dev.aigateway.translation.completions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerReplay;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.ChatDialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompletionsDialectTest {
    private static final CompletionsDialect DIALECT = new CompletionsDialect();

    static Stream<Arguments> requests() {
        return Stream.of(
                row("'prompt':'a'", "'max_tokens':16", ""),
                row("'prompt':['a']", "'max_tokens':16", ""),
                row("'prompt':'a','max_tokens':5,'temperature':0.5", "'max_tokens':5,'temperature':0.5", ""),
                row("'prompt':'a','stop':'X'", "'max_tokens':16,'stop':['X']", ""),
                row("'prompt':'a','n':2,'best_of':2", "'max_tokens':16,'n':2", ""),
                row("'prompt':'a','seed':7,'logit_bias':{'1':2}", "'max_tokens':16,'seed':7,'logit_bias':{'1':2}", ""),
                row("'prompt':'a','user':'u'", "'max_tokens':16,'user':'u'", ""),
                row("'prompt':'a','suffix':'','suffix2':1", "'max_tokens':16", " dropped:suffix2"),
                row("'prompt':'a','echo':true", "'max_tokens':16", " approximated:echo"),
                row("'prompt':'a','echo':false,'logprobs':null", "'max_tokens':16", ""),
                row(
                        "'prompt':'a','logprobs':2",
                        "'max_tokens':16,'logprobs':true,'top_logprobs':2",
                        " approximated:logprobs"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void request_everyField_reachesAChatUpstream(String fields, String expected, String warnings) {
        TranslationNotes notes = new TranslationNotes(false);
        Conversation conversation = read(fields, notes);
        Target target = Target.of(Dialect.CHAT, "gpt-4o");
        byte[] written = new ChatDialect().writeRequest(conversation, target, notes);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo(json("{'model':'gpt-4o','messages':[{'role':'user','content':'a'}]," + expected + "}"));
        assertThat(notes.all().stream().map(Object::toString).collect(Collectors.joining(" ")))
                .isEqualTo("approximated:prompt" + warnings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "'max_tokens':5; prompt",
                "'prompt':null; prompt",
                "'prompt':''; prompt",
                "'prompt':[]; prompt",
                "'prompt':['a','b']; prompt",
                "'prompt':[1,2,3]; prompt",
                "'prompt':[[1],[2]]; prompt",
                "'prompt':7; prompt",
                "'prompt':'a','suffix':'x'; suffix",
                "'prompt':'a','best_of':3,'n':2; best_of",
                "'prompt':'a','echo':true,'logprobs':1; logprobs",
                "'prompt':'a','max_tokens':0; max_tokens",
                "'prompt':'a','temperature':9; temperature"
            })
    void request_withoutEqual_namesTheField(String fields, String param) {
        assertThatThrownBy(() -> read(fields, new TranslationNotes(false)))
                .isInstanceOfSatisfying(GatewayException.class, e -> {
                    assertThat(e.error().status()).isEqualTo(400);
                    assertThat(e.error().param()).contains(param);
                });
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("", StopReason.END, List.of(new Block.Text("x"), new Block.Text("y")), "xy", "stop"),
                Arguments.of("", StopReason.LENGTH, List.of(new Block.Text("x")), "x", "length"),
                Arguments.of("", StopReason.CONTEXT, List.of(), "", "length"),
                Arguments.of("", StopReason.FILTER, List.of(), "", "content_filter"),
                Arguments.of("", StopReason.REFUSAL, List.of(new Block.Refusal("no")), "no", "stop"),
                Arguments.of("", StopReason.REFUSAL, List.of(), "", "content_filter"),
                Arguments.of(
                        "",
                        StopReason.TOOL_USE,
                        List.of(new Block.Thinking("t", Optional.empty()), new Block.Text("x")),
                        "x",
                        "stop"),
                Arguments.of(",'echo':true", StopReason.END, List.of(new Block.Text("x")), "ax", "stop"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answer_wholeOrStreamed_showsTheSameText(
            String fields, StopReason reason, List<Block> blocks, String text, String finish) {
        Answer answer = new Answer(
                "chatcmpl-1", "up", List.of(new Answer.Candidate(blocks, reason, Optional.empty())), usage());
        AnswerContext context = context("'prompt':'a'" + fields);
        assertThat(new String(DIALECT.writeAnswer(answer, context), StandardCharsets.UTF_8))
                .isEqualTo(json(
                        "{'id':'cmpl-1','object':'text_completion','created':1700000000,'model':'m','choices':[{'text':'"
                                + text + "','index':0,'logprobs':null,'finish_reason':'" + finish
                                + "'}],'usage':{'prompt_tokens':3,'completion_tokens':4,'total_tokens':7}}"));
        String stream = stream(answer, context);
        assertThat(stream.replaceAll("data: .*?\"text\":\"([^\"]*)\".*\n\n", "$1"))
                .isEqualTo(text + "data: [DONE]\n\n");
        assertThat(stream).contains("\"finish_reason\":\"" + finish + "\"").doesNotContain("usage");
    }

    @Test
    void stream_withUsage_hasExactlyTheseChunks() {
        Answer answer = new Answer(
                "",
                "",
                List.of(
                        new Answer.Candidate(List.of(new Block.Text("x")), StopReason.END, Optional.empty()),
                        new Answer.Candidate(List.of(new Block.Text("y")), StopReason.LENGTH, Optional.empty())),
                usage());
        String head =
                "data: {'id':'cmpl-req-1','object':'text_completion','created':1700000000,'model':'m','choices':[";
        assertThat(stream(answer, context("'prompt':'a','n':2,'stream_options':{'include_usage':true}")))
                .isEqualTo(json(head + "{'text':'x','index':0,'logprobs':null,'finish_reason':null}],'usage':null}\n\n"
                        + head + "{'text':'y','index':1,'logprobs':null,'finish_reason':null}],'usage':null}\n\n"
                        + head + "{'text':'','index':0,'logprobs':null,'finish_reason':'stop'}],'usage':null}\n\n"
                        + head + "{'text':'','index':1,'logprobs':null,'finish_reason':'length'}],'usage':null}\n\n"
                        + head + "],'usage':{'prompt_tokens':3,'completion_tokens':4,'total_tokens':7}}\n\n"
                        + "data: [DONE]\n\n"));
    }

    @Test
    void failure_inAStream_isAnErrorWithoutDone() {
        EventEncoder encoder = DIALECT.newEncoder(context("'prompt':'a'"));
        SseWriter out = new SseWriter();
        encoder.encode(new AnswerEvent.Started("", "", Usage.UNKNOWN), out);
        encoder.encode(new AnswerEvent.Ping(), out);
        GatewayError error = GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "cut");
        encoder.encode(new AnswerEvent.Failed(error), out);
        String failed = json(
                "data: {'error':{'message':'cut','type':'server_error','param':null,'code':'upstream_error'}}\n\n");
        assertThat(written(out)).isEqualTo(": keep-alive\n\n" + failed);
        DIALECT.writeFailure(error, "req-1", out);
        assertThat(written(out)).isEqualTo(failed);
        DIALECT.writeKeepalive(out);
        assertThat(written(out)).isEqualTo(": keep-alive\n\n");
        assertThat(DIALECT.status(error)).isEqualTo(502);
        assertThat(new String(DIALECT.writeError(error, "req-1"), StandardCharsets.UTF_8))
                .contains("\"cut\"");
        assertThat(DIALECT.dialect()).isEqualTo(Dialect.COMPLETIONS);
    }

    private static String stream(Answer answer, AnswerContext context) {
        EventEncoder encoder = DIALECT.newEncoder(context);
        SseWriter out = new SseWriter();
        AnswerReplay.replay(answer, event -> encoder.encode(event, out));
        return written(out);
    }

    private static String written(SseWriter out) {
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    private static AnswerContext context(String fields) {
        return new AnswerContext(
                "req-1", "m", Instant.ofEpochSecond(1_700_000_000), read(fields, new TranslationNotes(false)));
    }

    private static Usage usage() {
        return new Usage(
                OptionalLong.of(3),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(4),
                OptionalLong.empty());
    }

    private static Conversation read(String fields, TranslationNotes notes) {
        return DIALECT.readRequest("m", false, json("{" + fields + "}").getBytes(StandardCharsets.UTF_8), notes);
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    private static Arguments row(String first, String second, String third) {
        return Arguments.of(first, second, third);
    }
}
