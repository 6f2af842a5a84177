package dev.aigateway.dispatch;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.upstream.TransportException;
import dev.aigateway.upstream.UpstreamAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.smallrye.mutiny.Multi;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Reads one body that is compressed by gzip or deflate, as it comes. To be closed; one event loop. */
public final class ContentCoding implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ContentCoding.class);

    /** Bytes may grow a thousandfold: whoever counts them must be asked in between. */
    private static final int STEP = 4096;

    private final JdkZlibDecoder decoder;
    private final EmbeddedChannel channel;

    private ContentCoding(ZlibWrapper wrapper) {
        decoder = new JdkZlibDecoder(wrapper, false, 0);
        channel = new EmbeddedChannel(decoder);
    }

    /** Empty when there is no reading it. */
    public static Optional<ContentCoding> of(String name) {
        return switch (name.trim().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Optional.of(new ContentCoding(ZlibWrapper.GZIP));
            case "deflate" -> Optional.of(new ContentCoding(ZlibWrapper.ZLIB_OR_NONE));
            default -> Optional.empty();
        };
    }

    /** Fails with a {@link DecoderException} when this is no such body. */
    public void read(Buffer chunk, Consumer<Buffer> plain) {
        for (int from = 0; from < chunk.length(); from += STEP) {
            int to = Math.min(chunk.length(), from + STEP);
            channel.writeInbound(Unpooled.wrappedBuffer(chunk.getBytes(from, to)));
            for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
                byte[] bytes = new byte[piece.readableBytes()];
                piece.readBytes(bytes);
                piece.release();
                plain.accept(Buffer.buffer(bytes));
            }
        }
    }

    /** Whether the body's own end has come. */
    public boolean isComplete() {
        return decoder.isClosed();
    }

    @Override
    public void close() {
        try {
            channel.finishAndReleaseAll();
        } catch (DecoderException e) {
            LOG.debug("what was left of a compressed body makes no sense either", e);
        }
    }

    /** The answer in plain, if it can be read at all: some providers compress although nobody asked for it. */
    static UpstreamAnswer plain(UpstreamAnswer answer) {
        return Optional.ofNullable(answer.headers().get("content-encoding"))
                .filter(name -> answer.isEncoded())
                .flatMap(ContentCoding::of)
                .map(coding -> plain(answer, coding))
                .orElse(answer);
    }

    private static UpstreamAnswer plain(UpstreamAnswer answer, ContentCoding coding) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .addAll(answer.headers())
                .remove("content-encoding")
                .remove("content-length");
        Multi<Buffer> body = answer.body()
                .onItem()
                .transform(coding::read)
                .select()
                .where(piece -> piece.length() > 0)
                .onCompletion()
                .invoke(coding::checkComplete)
                .onFailure(DecoderException.class)
                .transform(ContentCoding::broken)
                .onTermination()
                .invoke(coding::close);
        return new UpstreamAnswer(answer.status(), headers, body);
    }

    private Buffer read(Buffer chunk) {
        Buffer all = Buffer.buffer();
        read(chunk, all::appendBuffer);
        return all;
    }

    private void checkComplete() {
        if (!isComplete()) {
            throw new DecoderException("ended early");
        }
    }

    private static Throwable broken(Throwable cause) {
        return new TransportException(
                GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The provider's compressed answer cannot be read."),
                cause);
    }
}
