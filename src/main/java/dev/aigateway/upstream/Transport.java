package dev.aigateway.upstream;

import io.smallrye.mutiny.Uni;

/** Carries calls to one kind of upstream. Safe for concurrent use; never blocks. */
public interface Transport {
    /**
     * Sends the call. The result fails with a {@link TransportException} when no answer came. Cancelling it, or the
     * body of its answer, closes the exchange with the provider at once.
     */
    Uni<UpstreamAnswer> send(UpstreamCall call);
}
