package dev.aigateway.routing;

import dev.aigateway.config.ProviderConfig;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Who is looked for.
 *
 * @param model as the client asked for it
 * @param able who can do what is asked
 * @param affinity what the requests of one conversation have in common; asked for only where it decides
 */
public record RouteQuery(String model, Predicate<ProviderConfig> able, LongSupplier affinity) {
    public static RouteQuery of(String model) {
        return of(model, () -> 0);
    }

    /** Among everybody; sooner done than with a condition that all fulfil. */
    public static RouteQuery of(String model, LongSupplier affinity) {
        return new RouteQuery(model, Search.EVERYBODY, affinity);
    }
}
