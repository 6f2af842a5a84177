package dev.aigateway.config.importing;

import java.util.function.Predicate;

/** Writes headers that are sent to a provider. */
final class Headers {
    private final Predicate<String> own;

    /** @param own those that our configuration refuses */
    Headers(Predicate<String> own) {
        this.own = own;
    }

    /** @param more sent as well, unless the first say something else */
    void write(Block provider, Cursor headers, Block more) {
        Block written = new Block();
        for (String name : headers.names()) {
            if (own.test(name)) {
                headers.lost(written, name, "the gateway sets this header itself");
            } else {
                headers.text(name).ifPresent(value -> written.put(name, value));
            }
        }
        provider.put("headers", written.addMissing(more));
    }

    void write(Block provider, Cursor headers) {
        write(provider, headers, new Block());
    }
}
