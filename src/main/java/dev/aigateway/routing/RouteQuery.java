package dev.aigateway.routing;

import dev.aigateway.config.ProviderConfig;
import dev.aigateway.config.Secret;
import dev.aigateway.routing.state.Subject;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Who is looked for.
 *
 * @param model as the client asked for it
 * @param able who can do what is asked
 * @param affinity what the requests of one conversation have in common; asked for only where it decides
 * @param callersKey a key that the client brought, for providers that take it
 * @param stream whether the answer is to come in pieces, so that it begins long before it is complete
 * @param keeper the key that keeps what the request continues, with the model that gave it: asked before all others, who
 *     know nothing of it
 */
public record RouteQuery(
        String model,
        Predicate<ProviderConfig> able,
        LongSupplier affinity,
        Optional<Secret> callersKey,
        boolean stream,
        Optional<Subject> keeper) {
    /** Sooner done than a condition that all fulfil. */
    public static final Predicate<ProviderConfig> EVERYBODY = Search.EVERYBODY;

    /** One that continues nothing which a provider keeps. */
    public RouteQuery(
            String model,
            Predicate<ProviderConfig> able,
            LongSupplier affinity,
            Optional<Secret> callersKey,
            boolean stream) {
        this(model, able, affinity, callersKey, stream, Optional.empty());
    }

    public static RouteQuery of(String model) {
        return of(model, () -> 0);
    }

    /** Among everybody. */
    public static RouteQuery of(String model, LongSupplier affinity) {
        return new RouteQuery(model, EVERYBODY, affinity, Optional.empty(), false);
    }
}
