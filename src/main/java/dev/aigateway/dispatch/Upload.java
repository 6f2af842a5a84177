package dev.aigateway.dispatch;

import dev.aigateway.translation.splice.MultipartModel;
import dev.aigateway.translation.splice.Splice;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A client's body that is streamed through and never held as a whole. Can be sent only once.
 *
 * @param beginning what was read to find the model
 * @param site where the model stands in it; empty when the client named the model elsewhere
 * @param rest paused; what follows the beginning
 * @param length of the whole body, if the client told it
 */
public record Upload(
        Buffer beginning, Optional<MultipartModel.Site> site, ReadStream<Buffer> rest, OptionalLong length) {
    /** The same with another name for the model; itself when nothing changes. */
    Upload withModel(String wanted) {
        if (site.isEmpty() || site.get().model().equals(wanted)) {
            return this;
        }
        MultipartModel.Site place = site.get();
        byte[] name = wanted.getBytes(StandardCharsets.UTF_8);
        byte[] renamed = Splice.replace(beginning.getBytes(), place.offset(), place.length(), name);
        OptionalLong newLength =
                length.isPresent() ? OptionalLong.of(length.getAsLong() + name.length - place.length()) : length;
        return new Upload(Buffer.buffer(renamed), Optional.empty(), rest, newLength);
    }
}
