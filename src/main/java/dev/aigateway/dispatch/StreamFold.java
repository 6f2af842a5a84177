package dev.aigateway.dispatch;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.sse.SseParser;
import dev.aigateway.translation.EventDecoder;
import io.smallrye.mutiny.Uni;

/**
 * Puts a stream together into a whole answer, for a client that did not ask for one from a provider that gives nothing
 * else. Confined to one exchange.
 */
final class StreamFold {
    private final EventDecoder decoder;
    private final SseParser parser;
    private final AnswerFolder folder = new AnswerFolder();
    private long fed;

    StreamFold(EventDecoder decoder, int maxEventBytes) {
        this.decoder = decoder;
        this.parser = new SseParser(maxEventBytes);
    }

    /** @throws GatewayException when one event is too large to hold */
    void feed(byte[] chunk) {
        fed += chunk.length;
        try {
            parser.feed(chunk, event -> decoder.decode(event, folder));
        } catch (SseParser.EventTooLargeException e) {
            throw GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The provider sent an event that is too large.")
                    .toException();
        }
    }

    /** The answer as the client gets it, for which its request may be read as well; fails as {@link #end} does. */
    Uni<WholeAnswer> whole(Lane lane, ClientRequest request, Offload offload) {
        long work = fed + request.envelope().body().length;
        return offload.run((int) Math.min(work, Integer.MAX_VALUE), () -> lane.whole(end()));
    }

    /** @throws GatewayException when the stream reported an error or was cut */
    Answer end() {
        parser.end(event -> decoder.decode(event, folder));
        decoder.end(folder);
        return folder.answer();
    }
}
