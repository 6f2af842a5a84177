package dev.aigateway.dispatch;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.relay.Relay;
import io.smallrye.mutiny.Uni;

/**
 * How one request becomes a call to a candidate, and the call's answer becomes the client's. There are two: the express
 * lane for equal dialects and the translation lane for all others. Event loop of the exchange.
 */
interface Lane {
    /** The call; fails with a {@link dev.aigateway.conversation.GatewayException} when the request cannot be expressed. */
    Uni<Prepared> prepare(Candidate candidate);

    /** Carries a streamed answer. */
    Relay relay(Candidate candidate);

    /**
     * Turns a whole answer into the client's.
     *
     * @throws dev.aigateway.conversation.GatewayException when it is an error, or no answer at all
     */
    WholeAnswer whole(Candidate candidate, byte[] answer);

    /** Turns a whole answer into the stream that the client asked for but the upstream did not give. */
    WholeAnswer wholeAsStream(Candidate candidate, byte[] answer);

    /** Reads the events of a streamed answer that is to be put together. */
    EventDecoder decoder(Candidate candidate);

    /** Writes an answer that was put together from a stream. */
    WholeAnswer whole(Answer answer);

    /** Reads the body of an answer whose status says that it failed. */
    GatewayError error(int status, byte[] body);
}
