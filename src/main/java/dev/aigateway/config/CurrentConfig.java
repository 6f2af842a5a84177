package dev.aigateway.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The configuration in force. A reload replaces it as a whole; whoever serves a request reads it once at the beginning and
 * keeps what it read. Safe for concurrent use; listeners are told on the thread that replaces, one replacement at a time.
 */
public final class CurrentConfig {
    private final AtomicReference<GatewayConfig> current;
    private final List<Consumer<GatewayConfig>> listeners = new CopyOnWriteArrayList<>();

    public CurrentConfig(GatewayConfig first) {
        this.current = new AtomicReference<>(first);
    }

    public GatewayConfig get() {
        return current.get();
    }

    /** Tells the listener at once of what is in force, and then of each change. */
    public synchronized void follow(Consumer<GatewayConfig> listener) {
        listeners.add(listener);
        listener.accept(current.get());
    }

    /** Listeners must have done before requests see it, so that whatever they prepare is there. */
    synchronized void replace(GatewayConfig next) {
        listeners.forEach(listener -> listener.accept(next));
        current.set(next);
    }
}
