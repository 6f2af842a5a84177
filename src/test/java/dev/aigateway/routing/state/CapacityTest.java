package dev.aigateway.routing.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.ShareConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {
    private final Capacity capacity = new Capacity();
    private final List<String> grants = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        // limits for the provider and for each key, who asks, who gets a place
        "0, 0, a a a a, a a a a",
        "2, 0, a b a, a b",
        "0, 1, a a b b c, a b c",
        "2, 1, a a b c, a b",
        "3, 2, a a a b b, a a b"
    })
    void place_isTakenWithinBothLimits(int all, int perKey, String asked, String taken) {
        List<String> got = new ArrayList<>();
        for (String key : asked.split(" ")) {
            if (capacity.take(place(key, all, perKey))) {
                got.add(key);
            }
        }
        assertThat(String.join(" ", got)).isEqualTo(taken);
        got.forEach(key -> capacity.giveBack(place(key, all, perKey)));
        assertThat(capacity.running()).isZero();
        assertThat(capacity.take(place("a", all, perKey))).isTrue();
    }

    @Test
    void place_isHandedOver_inOrderOfArrival() {
        Capacity.Place a = place("a", 1, 0);
        assertThat(capacity.take(a)).isTrue();
        queue("first", 10, a);
        queue("second", 10, a);
        assertThat(capacity.take(a)).isFalse();
        capacity.giveBack(a);
        assertThat(grants).containsExactly("first a");
        assertThat(capacity.running()).isEqualTo(1);
        assertThat(capacity.take(a)).isFalse();
        capacity.giveBack(a);
        assertThat(grants).containsExactly("first a", "second a");
        capacity.giveBack(a);
        assertThat(capacity.running()).isZero();
        assertThat(capacity.waiting()).isZero();
    }

    @Test
    void placeThatTheFirstDoesNotWant_goesToTheNext() {
        Capacity.Place a = place("a", 0, 1);
        Capacity.Place b = place("b", 0, 1);
        capacity.take(a);
        capacity.take(b);
        queue("first", 10, a);
        queue("second", 10, a, b);
        capacity.giveBack(b);
        assertThat(grants).containsExactly("second b");
        capacity.giveBack(a);
        assertThat(grants).containsExactly("second b", "first a");
    }

    /** Whoever waits for another key is no reason to leave a free place empty. */
    @Test
    void freePlace_isTaken_whileOthersWaitForAnotherKey() {
        Capacity.Place a = place("a", 3, 1);
        Capacity.Place b = place("b", 3, 1);
        capacity.take(a);
        queue("first", 10, a);
        assertThat(capacity.take(b)).isTrue();
        capacity.giveBack(a);
        assertThat(grants).containsExactly("first a");
    }

    @Test
    void queue_isFullAtItsSize_butAFreePlaceNeedsNoQueue() {
        Capacity.Place a = place("a", 1, 0);
        capacity.take(a);
        assertThat(capacity.queue(List.of(a), 0, place -> grants.add("never"))).isEmpty();
        queue("first", 1, a);
        assertThat(capacity.queue(List.of(a), 1, place -> grants.add("never"))).isEmpty();
        capacity.giveBack(a);
        capacity.giveBack(a);
        queue("late", 0, a);
        assertThat(grants).containsExactly("first a", "late a");
        assertThat(capacity.waiting()).isZero();
    }

    @Test
    void leaving_worksOnce_andNotAfterTheGrant() {
        Capacity.Place a = place("a", 1, 0);
        capacity.take(a);
        Capacity.Waiter first = queue("first", 10, a);
        Capacity.Waiter second = queue("second", 10, a);
        assertThat(capacity.leave(first)).isTrue();
        assertThat(capacity.leave(first)).isFalse();
        capacity.giveBack(a);
        assertThat(grants).containsExactly("second a");
        assertThat(capacity.leave(second)).isFalse();
    }

    @Test
    void raisedLimit_letsThoseIn_whoHaveWaitedLongest() {
        Capacity.Place before = place("a", 1, 0);
        Capacity.Place after = place("a", 3, 0);
        capacity.limit(limits(1));
        capacity.take(before);
        queue("first", 10, before);
        queue("second", 10, before);
        queue("third", 10, before);
        capacity.limit(limits(3));
        assertThat(grants).containsExactly("first a", "second a");
        assertThat(capacity.take(after)).isFalse();
        queue("late", 10, after);
        capacity.giveBack(before);
        capacity.giveBack(before);
        assertThat(grants).containsExactly("first a", "second a", "third a", "late a");
    }

    @Test
    void loweredLimit_holdsForThoseWhoWait() {
        Capacity.Place before = place("a", 2, 0);
        capacity.limit(limits(2));
        capacity.take(before);
        capacity.take(before);
        queue("first", 10, before);
        capacity.limit(limits(1));
        capacity.giveBack(before);
        assertThat(grants).isEmpty();
        capacity.giveBack(before);
        assertThat(grants).containsExactly("first a");
    }

    @Test
    void newLimit_countsThoseWhoBeganWithoutOne() {
        Capacity.Place unlimited = place("a", 0, 0);
        capacity.limit(limits(0));
        assertThat(capacity.take(unlimited)).isTrue();
        assertThat(capacity.take(unlimited)).isTrue();
        capacity.limit(limits(2));
        assertThat(capacity.take(place("a", 2, 0))).isFalse();
        queue("first", 10, place("a", 2, 0));
        capacity.giveBack(unlimited);
        assertThat(grants).containsExactly("first a");
    }

    @Test
    void limitOfAKey_goesBeforeThatOfTheProvider() {
        KeyId key = place("a", 0, 1).key();
        capacity.limit(new Capacity.Limits(new ShareConfig(1, 1, 0, 1), Map.of(key, new ShareConfig(1, 1, 0, 2))));
        assertThat(capacity.take(place("a", 0, 1))).isTrue();
        assertThat(capacity.take(place("a", 0, 1))).isTrue();
        assertThat(capacity.take(place("b", 0, 1))).isTrue();
        assertThat(capacity.take(place("b", 0, 1))).isFalse();
    }

    private static Capacity.Limits limits(int all) {
        return new Capacity.Limits(new ShareConfig(1, 1, all, 0), Map.of());
    }

    /** Everybody either leaves or gets exactly one place; the limit holds at every moment. */
    @Test
    void leavingAndGranting_atTheSameTime_loseNoPlace() throws InterruptedException {
        Capacity.Place place = place("a", 2, 0);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ConcurrentLinkedQueue<Capacity.Place> given = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(4);
        for (int t = 0; t < 4; t++) {
            boolean impatient = t % 2 == 0;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 5_000; i++) {
                    Capacity.Waiter waiter = capacity.queue(List.of(place), Integer.MAX_VALUE, got -> {
                                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                given.add(got);
                            })
                            .orElseThrow();
                    if (impatient) {
                        capacity.leave(waiter);
                    }
                    giveBack(given, inside);
                }
                done.countDown();
            });
        }
        done.await();
        while (capacity.running() > 0) {
            giveBack(given, inside);
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(capacity.waiting()).isZero();
        assertThat(given).isEmpty();
    }

    private void giveBack(ConcurrentLinkedQueue<Capacity.Place> given, AtomicInteger inside) {
        Capacity.Place place = given.poll();
        if (place != null) {
            inside.decrementAndGet();
            capacity.giveBack(place);
        }
    }

    private Capacity.Waiter queue(String name, int size, Capacity.Place... places) {
        return capacity.queue(
                        List.of(places),
                        size,
                        place -> grants.add(name + " " + place.key().fingerprint()))
                .orElseThrow();
    }

    private static Capacity.Place place(String key, int all, int perKey) {
        return new Capacity.Place(new KeyId("p", key), new ShareConfig(1, 1, all, perKey));
    }
}
