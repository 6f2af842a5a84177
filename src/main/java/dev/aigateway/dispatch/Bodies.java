package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.upstream.UpstreamAnswer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** Reads the bodies of providers' answers within limits; going over one is an {@link UpstreamFailure}. */
final class Bodies {
    private Bodies() {}

    /** Collects a body, at most {@code limit} bytes of it. */
    static Uni<byte[]> collect(UpstreamAnswer answer, long limit) {
        ByteCollector all = new ByteCollector(answer.announcedLength());
        return bounded(answer.body(), limit)
                .onItem()
                .invoke(all::add)
                .onItem()
                .ignoreAsUni()
                .onItem()
                .transform(ignored -> all.bytes());
    }

    /** Fails a body that turns out to be larger than {@code limit} bytes. */
    static Multi<Buffer> bounded(Multi<Buffer> body, long limit) {
        long[] read = {0};
        return body.onItem().invoke(chunk -> {
            read[0] += chunk.length();
            if (read[0] > limit) {
                throw new UpstreamFailure(
                        GatewayError.of(
                                GatewayError.Kind.BAD_GATEWAY,
                                "The provider's answer is larger than " + limit + " bytes."),
                        UpstreamFailure.Verdict.NEXT_CANDIDATE);
            }
        });
    }
}
