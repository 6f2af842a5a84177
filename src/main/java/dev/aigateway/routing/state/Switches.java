package dev.aigateway.routing.state;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Who is switched off by an operator while the gateway runs: providers by name, keys by {@link KeyId#ofSwitch}, so that a
 * reload changes nothing about it. It is not written anywhere and ends with the process. Safe for concurrent use; reads take no lock.
 */
public final class Switches {
    private static final Off NOBODY = new Off(Set.of(), Set.of());

    private final AtomicReference<Off> off = new AtomicReference<>(NOBODY);

    private record Off(Set<String> providers, Set<KeyId> keys) {}

    /** The usual case, and cheap to ask. */
    public boolean isQuiet() {
        return off.get() == NOBODY;
    }

    public boolean isOff(String provider) {
        return off.get().providers.contains(provider);
    }

    /** Whether the key itself is, whatever its provider. */
    public boolean isOff(KeyId key) {
        return off.get().keys.contains(key);
    }

    public void turn(String provider, boolean on) {
        change(now -> new Off(turned(now.providers, provider, on), now.keys));
    }

    public void turn(KeyId key, boolean on) {
        change(now -> new Off(now.providers, turned(now.keys, key, on)));
    }

    private void change(UnaryOperator<Off> change) {
        off.updateAndGet(now -> {
            Off next = change.apply(now);
            return next.equals(NOBODY) ? NOBODY : next;
        });
    }

    private static <T> Set<T> turned(Set<T> off, T one, boolean on) {
        Set<T> next = new HashSet<>(off);
        if (on) {
            next.remove(one);
        } else {
            next.add(one);
        }
        return Set.copyOf(next);
    }
}
