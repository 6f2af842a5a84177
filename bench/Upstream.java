import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The upstream of the benchmark: speaks Chat Completions and answers every POST with about as many bytes as it was sent.
 * A streamed answer is written event by event, each flushed on its own, as a model's tokens arrive.
 *
 * <p>Arguments: port, then answer sizes in bytes.
 */
final class Upstream {
    private static final byte[] STREAM = "\"stream\":true".getBytes(StandardCharsets.US_ASCII);
    /** Characters of text in one event; with its JSON around it an event has about 250 bytes. */
    private static final String TOKEN = "four or five words ";

    private final TreeMap<Integer, Buffer> wholes = new TreeMap<>();
    private final TreeMap<Integer, List<Buffer>> streams = new TreeMap<>();

    public static void main(String[] args) {
        var upstream = new Upstream();
        for (int i = 1; i < args.length; i++) {
            int size = Integer.parseInt(args[i]);
            upstream.wholes.put(size, whole(size));
            upstream.streams.put(size, stream(size));
        }
        var vertx = Vertx.vertx();
        vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true).setIdleTimeout(0))
                .requestHandler(upstream::answer)
                .listen(Integer.parseInt(args[0]), "127.0.0.1")
                .onSuccess(server -> upstream.streams.forEach((size, events) -> System.out.printf(
                        "stream for %d bytes: %d events, %d bytes%n",
                        size, events.size(), events.stream().mapToInt(Buffer::length).sum())))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var response = request.response();
            if (contains(body.getBytes(), STREAM)) {
                response.setChunked(true).putHeader("content-type", "text/event-stream");
                write(response, nearest(streams, body.length()), 0, Vertx.currentContext());
            } else {
                response.putHeader("content-type", "application/json").end(nearest(wholes, body.length()));
            }
        });
    }

    private static void write(HttpServerResponse response, List<Buffer> events, int next, Context context) {
        if (next == events.size()) {
            response.end();
        } else {
            response.write(events.get(next)).onSuccess(done ->
                    context.runOnContext(turn -> write(response, events, next + 1, context)));
        }
    }

    /** Translation changes the size of a request, so the answer is the one whose size is nearest. */
    private static <T> T nearest(TreeMap<Integer, T> answers, int size) {
        Map.Entry<Integer, T> below = answers.floorEntry(size);
        Map.Entry<Integer, T> above = answers.ceilingEntry(size);
        if (below == null || above == null) {
            return (below == null ? above : below).getValue();
        }
        return (size - below.getKey() < above.getKey() - size ? below : above).getValue();
    }

    private static Buffer whole(int size) {
        return Buffer.buffer("""
                {"id":"chatcmpl-bench","object":"chat.completion","created":1767225600,"model":"bench-model",\
                "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":10,"completion_tokens":10,"total_tokens":20}}"""
                .formatted(TOKEN.repeat(size / TOKEN.length())));
    }

    private static List<Buffer> stream(int size) {
        var events = new ArrayList<Buffer>();
        events.add(event("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (int sent = 0; sent == 0 || sent < size - 250; sent += events.getLast().length()) {
            events.add(event("{\"content\":\"" + TOKEN + "\"}", "null"));
        }
        events.add(event("{}", "\"stop\""));
        events.add(Buffer.buffer("data: [DONE]\n\n"));
        return List.copyOf(events);
    }

    private static Buffer event(String delta, String finish) {
        return Buffer.buffer("""
                data: {"id":"chatcmpl-bench-0123456789abcdef","object":"chat.completion.chunk","created":1767225600,\
                "model":"bench-model","system_fingerprint":"fp_0123456789",\
                "choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s}]}

                """.formatted(delta, finish));
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i <= text.length - part.length; i++) {
            int same = 0;
            while (same < part.length && text[i + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }
}
