package dev.aigateway.dispatch.history;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request's part in a stored conversation (translation reference, section 4.1): the response it continues, and
 * whether its own answer is kept. Requests of all protocols but Responses have none, for their clients send everything.
 * Confined to one exchange.
 */
public final class History {
    private static final String PREVIOUS = "previous_response_id";
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_ITEMS = "[]".getBytes(StandardCharsets.US_ASCII);

    private final Dialect client;
    private final ResponseStore store;
    private final String owner;
    private final byte[] body;
    private final AnswerContext.Storage storage;
    private final Optional<StoredResponse> previous;
    private byte @Nullable [] resolved;

    private History(Dialect client, ResponseStore store, String owner, byte[] body, AnswerContext.Storage storage) {
        this.client = client;
        this.store = store;
        this.owner = owner;
        this.body = body;
        this.storage = storage;
        this.previous = storage.previousId().flatMap(id -> store.find(owner, id));
    }

    /** @param owner whose responses it may continue */
    public static History of(Dialect client, String owner, byte[] body, ResponseStore store) {
        if (client != Dialect.RESPONSES) {
            return new History(client, store, owner, body, AnswerContext.Storage.NONE);
        }
        Wishes wishes = Wishes.of(body);
        return new History(
                client,
                store,
                owner,
                body,
                new AnswerContext.Storage(store.isEnabled() && !wishes.unstored, wishes.previousId()));
    }

    /** What the answer says about all this. */
    public AnswerContext.Storage storage() {
        return storage;
    }

    /** The size of {@link #body()}, about, as a measure of the work. */
    public int size() {
        long earlier = previous.map(StoredResponse::bytes).orElse(0L);
        return (int) Math.min(Integer.MAX_VALUE, body.length + earlier);
    }

    /**
     * The request with the history that it refers to.
     *
     * @throws GatewayException a 400 when that is not known
     */
    public byte[] body() {
        if (client != Dialect.RESPONSES) {
            return body;
        }
        byte[] known = resolved;
        if (known == null) {
            known = new ItemReferences(store, owner).resolve(body);
            if (storage.previousId().isPresent()) {
                known = joined(
                        previous.orElseThrow(() -> unknown(storage.previousId().get())), known);
            }
            resolved = known;
        }
        return known;
    }

    /** Whether the response that it continues is kept here, so that no provider knows it. */
    public boolean isKept() {
        return previous.isPresent();
    }

    /**
     * Puts what is kept here into the request as it is to be sent; what is not kept here is the provider's affair.
     *
     * @throws GatewayException a 400 when an item that the request refers to beside it is not known
     */
    public byte[] complete(byte[] request) {
        return previous.map(found -> joined(found, new ItemReferences(store, owner).resolve(request)))
                .orElse(request);
    }

    private static byte[] joined(StoredResponse earlier, byte[] request) {
        byte[] items = ItemArray.join(earlier.items(), input(request));
        return Splice.put(Splice.put(request, PREVIOUS, NULL), "input", items);
    }

    /**
     * Keeps an answer, if it is to be kept.
     *
     * @param object the response object as the client gets it
     * @param complete writes an answer with all signatures
     */
    public void keep(byte[] object, Answer answer, Function<Answer, byte[]> complete) {
        if (!storage.kept()) {
            return;
        }
        byte[] full = hasSignature(answer) ? complete.apply(answer) : object;
        byte[] output =
                Splice.find(ByteSlice.of(full), "output").map(ByteSlice::copy).orElse(NO_ITEMS);
        String id = Splice.find(ByteSlice.of(object), "id").map(History::text).orElseThrow();
        store.put(owner, new StoredResponse(id, input(body()), output, object));
    }

    /** The encoder of a streamed answer that is kept when it is complete. */
    public EventEncoder keeping(EventEncoder encoder, Function<Answer, byte[]> complete) {
        return storage.kept() ? new KeepingEncoder(encoder, this, complete) : encoder;
    }

    private static byte[] input(byte[] request) {
        ByteSlice input = Splice.find(ByteSlice.of(request), "input").orElse(ByteSlice.of(NO_ITEMS));
        byte first = input.array()[input.offset()];
        if (first != '[' && first != '"') {
            throw GatewayError.badField("input", "must be a text or an array").toException();
        }
        return ItemArray.of(input);
    }

    private static boolean hasSignature(Answer answer) {
        return answer.first().blocks().stream().anyMatch(block -> switch (block) {
            case Block.Thinking thinking -> thinking.signature().isPresent();
            case Block.RedactedThinking ignored -> true;
            case Block.ToolCall call -> call.signature().isPresent();
            default -> false;
        });
    }

    private GatewayException unknown(String id) {
        String message = store.isEnabled()
                ? "Previous response with id '" + id
                        + "' not found. The gateway keeps responses for a limited time, and"
                        + " none whose request said store: false; send the conversation as input instead."
                : "Previous response with id '" + id + "' not found. This gateway keeps no responses"
                        + " (responses-store.enabled); send the conversation as input instead.";
        return new GatewayError(
                        GatewayError.Kind.BAD_REQUEST,
                        GatewayError.Kind.BAD_REQUEST.status(),
                        message,
                        Optional.of("previous_response_not_found"),
                        Optional.of(PREVIOUS),
                        Optional.empty())
                .toException();
    }

    private static String text(ByteSlice value) {
        return ItemArray.text(value).orElseGet(value::text);
    }

    /** What a request says of this, found in one pass: most requests are looked at for nothing else. */
    private static final class Wishes implements JsonScanner.MemberVisitor {
        private @Nullable ByteSlice previous;
        private boolean unstored;

        static Wishes of(byte[] request) {
            Wishes wishes = new Wishes();
            JsonScanner.scanObject(ByteSlice.of(request), wishes);
            return wishes;
        }

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is(PREVIOUS)) {
                previous = value;
            } else if (key.is("store")) {
                unstored = value.is("false");
            }
        }

        Optional<String> previousId() {
            return Optional.ofNullable(previous)
                    .filter(value -> !value.is("null"))
                    .map(History::text);
        }
    }
}
