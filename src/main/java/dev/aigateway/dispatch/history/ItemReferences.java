package dev.aigateway.dispatch.history;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Splice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts stored items in the place of the references to them, for providers that know no item of the gateway's
 * (translation reference, sections 4.1 and 7.1). Immutable.
 */
record ItemReferences(ResponseStore store, String owner) {
    private static final String TYPE = "\"item_reference\"";

    /**
     * The request without references; the same array when it has none.
     *
     * @throws GatewayException a 400 that names the item when it is not known
     */
    byte[] resolve(byte[] request) {
        Optional<ByteSlice> found = Splice.find(ByteSlice.of(request), "input");
        if (found.isEmpty()) {
            return request;
        }
        byte[] input = found.get().copy();
        byte[] complete = ItemArray.replace(input, item -> referenced(item).map(this::item));
        return complete == input ? request : Splice.put(request, "input", complete);
    }

    /** The id that an item refers to; empty for an item that stands for itself. */
    private static Optional<String> referenced(ByteSlice item) {
        Members members = new Members();
        try {
            JsonScanner.scanObject(item, members);
        } catch (JsonScanner.JsonSyntaxException e) {
            return Optional.empty();
        }
        return members.isReference() ? Optional.ofNullable(members.id).flatMap(ItemArray::text) : Optional.empty();
    }

    private ByteSlice item(String id) {
        return store.findItem(owner, id).orElseThrow(() -> unknown(id));
    }

    private GatewayException unknown(String id) {
        String reason = store.isEnabled()
                ? "The gateway keeps the items of its answers for a limited time, and none whose request said store:"
                        + " false; send the item itself instead."
                : "This gateway keeps no items (responses-store.enabled); send the item itself instead.";
        return new GatewayError(
                        GatewayError.Kind.BAD_REQUEST,
                        GatewayError.Kind.BAD_REQUEST.status(),
                        "Item with id '" + id + "' not found. " + reason,
                        Optional.empty(),
                        Optional.of("input"),
                        Optional.empty())
                .toException();
    }

    /** What tells a reference: its type, which may be left out. */
    private static final class Members implements JsonScanner.MemberVisitor {
        private boolean named;
        private boolean other;
        private @Nullable ByteSlice id;

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is("id")) {
                id = value;
            } else if (key.is("type") && !value.is("null")) {
                named = value.is(TYPE);
                other |= !named;
            } else if (key.is("role")) {
                other = true;
            }
        }

        boolean isReference() {
            return named || !other;
        }
    }
}
