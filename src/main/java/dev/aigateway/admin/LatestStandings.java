package dev.aigateway.admin;

import dev.aigateway.routing.KeyStanding;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.ProviderStanding;
import dev.aigateway.routing.Sparing;
import dev.aigateway.routing.Tally;
import dev.aigateway.routing.state.Breaker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How providers and keys fare, looked up once for all the meters that are read together. At most {@link #AGE_NANOS} old. Any
 * thread.
 */
final class LatestStandings {
    private static final long AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ProviderPool pool;
    private volatile @Nullable Snapshot latest;

    private record Snapshot(long at, List<ProviderStanding> standings) {}

    LatestStandings(ProviderPool pool) {
        this.pool = pool;
    }

    boolean isHealthy(String provider) {
        return of(provider).filter(ProviderStanding::isHealthy).isPresent();
    }

    long openBreakers(String provider) {
        return of(provider).stream()
                .flatMap(standing -> standing.breakers().stream())
                .filter(breaker -> breaker.phase() != Breaker.Phase.CLOSED)
                .count();
    }

    Optional<Tally> tally(String provider, int key) {
        return of(provider, key).map(KeyStanding::tally);
    }

    long secondsSpared(String provider, int key) {
        return of(provider, key).stream()
                .flatMap(standing -> standing.cooldowns().stream())
                .mapToLong(Sparing::secondsLeft)
                .max()
                .orElse(0);
    }

    private Optional<KeyStanding> of(String provider, int key) {
        return of(provider).stream()
                .flatMap(standing -> standing.keys().stream())
                .filter(standing -> standing.index() == key)
                .findFirst();
    }

    private Optional<ProviderStanding> of(String provider) {
        return standings().stream()
                .filter(standing -> standing.name().equals(provider))
                .findFirst();
    }

    private List<ProviderStanding> standings() {
        long now = System.nanoTime();
        Snapshot known = latest;
        if (known == null || now - known.at > AGE_NANOS) {
            known = new Snapshot(now, pool.standings());
            latest = known;
        }
        return known.standings;
    }
}
