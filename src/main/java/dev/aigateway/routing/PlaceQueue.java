package dev.aigateway.routing;

import dev.aigateway.routing.state.Capacity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One request's wait for any of several places at a provider. Whatever happens at the same moment, a place is either used
 * or given back.
 *
 * <p>On the request's event loop, apart from the grant, which comes from anywhere and is taken over to it.
 */
final class PlaceQueue {
    private final Capacity capacity;
    private final List<Capacity.Place> places;
    private final int queueSize;
    private final Timers timers;
    private Optional<Capacity.Waiter> waiter = Optional.empty();
    private Runnable cancelTimer = () -> {};
    private boolean over;

    PlaceQueue(Capacity capacity, List<Capacity.Place> places, int queueSize, Timers timers) {
        this.capacity = capacity;
        this.places = places;
        this.queueSize = queueSize;
        this.timers = timers;
    }

    /** The place; empty when the queue is full or the limit is over. */
    Uni<Optional<Capacity.Place>> place(Duration limit) {
        return Uni.createFrom().emitter(emitter -> {
            emitter.onTermination(this::leave);
            waiter = capacity.queue(places, queueSize, place -> timers.onLoop(() -> granted(place, emitter)));
            if (waiter.isEmpty()) {
                end(Optional.empty(), emitter);
            } else {
                cancelTimer = timers.after(limit, () -> giveUp(emitter));
            }
        });
    }

    private void granted(Capacity.Place place, UniEmitter<? super Optional<Capacity.Place>> emitter) {
        if (over) {
            capacity.giveBack(place);
        } else {
            cancelTimer.run();
            end(Optional.of(place), emitter);
        }
    }

    private void giveUp(UniEmitter<? super Optional<Capacity.Place>> emitter) {
        // Otherwise a place is already on its way.
        if (!over && waiter.filter(capacity::leave).isPresent()) {
            end(Optional.empty(), emitter);
        }
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
            waiter.ifPresent(capacity::leave);
        }
    }
}
