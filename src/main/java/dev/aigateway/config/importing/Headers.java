package dev.aigateway.config.importing;

import java.util.function.Predicate;

/** Writes headers that are sent to a provider. */
final class Headers {
    private final Predicate<String> own;

    /** @param own those that our configuration refuses */
    Headers(Predicate<String> own) {
        this.own = own;
    }

    void write(Block sender, Cursor headers) {
        Block ours = new Block();
        for (String name : headers.names()) {
            if (own.test(name)) {
                headers.lost(ours, name, "the gateway sets this header itself");
            } else {
                headers.text(name).ifPresent(value -> ours.put(name, value));
            }
        }
        sender.put("headers", ours);
    }
}
