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
        provider.put("headers", read(headers, new Block()).addMissing(more));
    }

    Block read(Cursor headers, Block into) {
        for (String name : headers.names()) {
            if (own.test(name)) {
                headers.lost(into, name, "the gateway sets this header itself");
            } else {
                headers.text(name).ifPresent(value -> into.put(name, value));
            }
        }
        return into;
    }

    void write(Block provider, Cursor headers) {
        write(provider, headers, new Block());
    }
}
