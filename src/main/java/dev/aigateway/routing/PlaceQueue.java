package dev.aigateway.routing;

import dev.aigateway.routing.state.Capacity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request's wait for any of several places, in a line at each provider that has some. Whatever happens at the same
 * moment, a place is either used or given back.
 *
 * <p>On the request's event loop, apart from the grant, which comes from anywhere and is taken over to it.
 */
final class PlaceQueue {
    private final Map<Capacity, List<Capacity.Place>> wanted;
    private final int queueSize;
    private final Timers timers;
    private final List<Line> lines = new ArrayList<>();
    private Runnable cancelTimer = () -> {};
    private boolean over;

    private record Line(Capacity capacity, Capacity.Waiter waiter) {
        boolean leave() {
            return capacity.leave(waiter);
        }
    }

    PlaceQueue(Map<Capacity, List<Capacity.Place>> wanted, int queueSize, Timers timers) {
        this.wanted = Map.copyOf(wanted);
        this.queueSize = queueSize;
        this.timers = timers;
    }

    /** The place; empty when all lines are full or the limit is over. */
    Uni<Optional<Capacity.Place>> place(Duration limit) {
        return Uni.createFrom().emitter(emitter -> {
            emitter.onTermination(this::leave);
            wanted.forEach((capacity, places) -> join(capacity, places, emitter));
            if (lines.isEmpty()) {
                end(Optional.empty(), emitter);
            } else {
                cancelTimer = timers.after(limit, () -> giveUp(emitter));
            }
        });
    }

    private void join(
            Capacity capacity, List<Capacity.Place> places, UniEmitter<? super Optional<Capacity.Place>> emitter) {
        capacity.queue(places, queueSize, place -> timers.onLoop(() -> granted(capacity, place, emitter)))
                .ifPresent(waiter -> lines.add(new Line(capacity, waiter)));
    }

    private void granted(
            Capacity capacity, Capacity.Place place, UniEmitter<? super Optional<Capacity.Place>> emitter) {
        if (over) {
            capacity.giveBack(place);
        } else {
            cancelTimer.run();
            leaveLines();
            end(Optional.of(place), emitter);
        }
    }

    private void giveUp(UniEmitter<? super Optional<Capacity.Place>> emitter) {
        if (!over && leaveLines()) {
            end(Optional.empty(), emitter);
        }
    }

    /** Whether it was still waiting in all of them; otherwise a place is already on its way. */
    private boolean leaveLines() {
        boolean waiting = true;
        for (Line line : lines) {
            waiting &= line.leave();
        }
        return waiting;
    }

    private void end(Optional<Capacity.Place> place, UniEmitter<? super Optional<Capacity.Place>> emitter) {
        over = true;
        emitter.complete(place);
    }

    /** The client has left. */
    private void leave() {
        if (!over) {
            over = true;
            cancelTimer.run();
            leaveLines();
        }
    }
}
