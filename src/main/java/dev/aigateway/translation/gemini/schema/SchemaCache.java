package dev.aigateway.translation.gemini.schema;

import dev.aigateway.conversation.RawJson;
import dev.aigateway.translation.gemini.schema.SchemaForm.Written;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Schemas that were written before, by their whole text: agents send the same tools with every turn, and cleaning them is
 * most of the work of writing a request (translation reference, section 8.2).
 *
 * <p>Bounded: a fixed number of places, each for the schemas of one hash that were asked for last, none of them long. Safe for any thread
 * without locks: what is held is immutable, and two threads that clean at once at worst forget what the other did.
 */
public final class SchemaCache {
    private static final int BUCKETS = 256;
    private static final int PLACES = 4;
    /** Characters of a schema that is worth remembering. */
    private static final int MAX_LENGTH = 16 * 1024;

    private final AtomicReferenceArray<List<Entry>> buckets = new AtomicReferenceArray<>(BUCKETS);

    private record Key(SchemaForm form, boolean parameters, String schema) {}

    private record Entry(Key key, Written written) {}

    /** The parameters of a function; none when there is nothing to pass, which Gemini wants left out altogether. */
    public Written parameters(RawJson schema, SchemaForm form) {
        return find(new Key(form, true, schema.text()), key -> form.parameters(schema));
    }

    /** Any schema, such as that of an answer. */
    public Written whole(RawJson schema, SchemaForm form) {
        return find(new Key(form, false, schema.text()), key -> form.whole(schema));
    }

    private Written find(Key key, Function<Key, Written> write) {
        if (key.schema.length() > MAX_LENGTH) {
            return write.apply(key);
        }
        int hash = key.hashCode();
        int place = (hash ^ (hash >>> 16)) & (BUCKETS - 1);
        List<Entry> known = known(place);
        for (Entry entry : known) {
            if (entry.key.equals(key)) {
                return entry.written;
            }
        }
        Written written = write.apply(key);
        if (written.schema()
                .filter(schema -> schema.text().length() > MAX_LENGTH)
                .isEmpty()) {
            buckets.set(
                    place,
                    Stream.concat(Stream.of(new Entry(key, written)), known.stream())
                            .limit(PLACES)
                            .toList());
        }
        return written;
    }

    @SuppressWarnings("NullAway") // An array of references begins with nulls.
    private List<Entry> known(int place) {
        List<Entry> known = buckets.get(place);
        return known == null ? List.of() : known;
    }
}
