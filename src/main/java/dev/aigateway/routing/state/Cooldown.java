package dev.aigateway.routing.state;

import dev.aigateway.config.CooldownConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * Spares a key after a failure: for the model that failed, or for all when the key itself was refused. A client's own
 * mistake never gets here (behaviour reference, section 8). Stateless; see {@link SharedState}.
 */
public final class Cooldown {
    private final CooldownConfig config;
    private final SharedState state;

    public Cooldown(CooldownConfig config, SharedState state) {
        this.config = config;
        this.state = state;
    }

    /**
     * @param wish how long the provider wants to be left alone, if it said so
     * @return whether it was not spared before
     */
    public boolean spare(KeyId key, String model, Cause cause, Optional<Duration> wish, boolean wholeKey, long now) {
        long millis = length(cause, wish).toMillis();
        boolean[] began = {false};
        if (millis > 0) {
            Subject subject = wholeKey ? Subject.key(key) : Subject.key(key, model);
            state.update(subject, standing -> {
                began[0] = !standing.isSpared(now);
                return standing.sparedUntil(now + millis, now, cause);
            });
        }
        return began[0];
    }

    private Duration length(Cause cause, Optional<Duration> wish) {
        return switch (cause) {
            case RATE_LIMIT -> wished(config.rateLimit(), wish);
            case SERVER_ERROR -> wished(config.serverError(), wish);
            case NETWORK, HEALTH_CHECK -> config.network();
            case REFUSED -> config.refused();
            case NOT_FOUND -> config.notFound();
        };
    }

    /** Zero is the operator's last word. */
    private Duration wished(Duration configured, Optional<Duration> wish) {
        return configured.isZero()
                ? configured
                : wish.map(given -> shorter(given, config.longest())).orElse(configured);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** When the key may be used for the model again; the moment itself when it may be used now. */
    public long freeAt(KeyId key, String model, long now) {
        long forKey = state.of(Subject.key(key)).freeAt(now);
        long forModel = state.of(Subject.key(key, model)).freeAt(now);
        return Math.max(forKey, forModel);
    }

    /** The key works for the model: what is over is forgotten, so that nothing known again means nobody in trouble. */
    public void served(KeyId key, String model, long now) {
        forgetOver(Subject.key(key), now);
        forgetOver(Subject.key(key, model), now);
    }

    private void forgetOver(Subject subject, long now) {
        if (state.of(subject) != Standing.GOOD) {
            state.update(subject, standing -> standing.isSpared(now) ? standing : Standing.GOOD);
        }
    }
}
