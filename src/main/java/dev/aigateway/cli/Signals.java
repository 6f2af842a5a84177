package dev.aigateway.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What the signals of the system mean here: TERM and INT end the gateway in order and, given again, at once; HUP reads the
 * configuration again. Left alone, Java would end with another exit code than 0.
 */
final class Signals {
    private static final int BY_SIGNAL = 128;

    private Signals() {}

    /** Both are run on threads of their own. */
    static void handle(Runnable end, Runnable reload) {
        AtomicBoolean ending = new AtomicBoolean();
        SignalHandler stop = signal -> {
            if (!ending.compareAndSet(false, true)) {
                Runtime.getRuntime().halt(BY_SIGNAL + signal.getNumber());
            }
            end.run();
        };
        handle("TERM", stop);
        handle("INT", stop);
        handle("HUP", signal -> Thread.ofVirtual().name("reload").start(reload));
    }

    private static void handle(String name, SignalHandler handler) {
        try {
            Signal.handle(new Signal(name), handler);
        } catch (IllegalArgumentException e) {
            // The system does not have it, or the virtual machine was told to keep it.
        }
    }
}
