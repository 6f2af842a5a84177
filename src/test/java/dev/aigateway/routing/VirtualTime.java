package dev.aigateway.routing;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock and timers that pass as fast as the work allows. One thread. */
public final class VirtualTime implements Timers, LongSupplier {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now = 1_700_000_000_000L;
    private long number;

    private record Event(long at, long number, Runnable work) {}

    @Override
    public long getAsLong() {
        return now;
    }

    @Override
    public Runnable after(Duration delay, Runnable work) {
        Event event = new Event(now + Math.max(0, delay.toMillis()), number++, work);
        events.add(event);
        return () -> events.remove(event);
    }

    @Override
    public void onLoop(Runnable work) {
        after(Duration.ZERO, work);
    }

    /** Until nothing is left to do. */
    public void run() {
        runUntil(Long.MAX_VALUE);
    }

    public void pass(Duration time) {
        long end = now + time.toMillis();
        runUntil(end);
        now = end;
    }

    private void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event next = events.poll();
            now = next.at();
            next.work().run();
        }
    }
}
