package dev.aigateway.translation;

import dev.aigateway.conversation.Dialect;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where a translated request goes, as far as its form depends on it.
 *
 * @param model the upstream's own id of the model
 * @param defaultMaxTokens the operator's default where the upstream requires a limit and the client gave none
 * @param traits what the model accepts
 * @param quirks how the provider differs from the vendor's own API
 */
public record Target(
        Dialect dialect, String model, OptionalInt defaultMaxTokens, ModelTraits traits, Set<Quirk> quirks) {
    /** A target with what the catalogue says of the model and no quirks. */
    public static Target of(Dialect dialect, String model) {
        return new Target(dialect, model, OptionalInt.empty(), ModelCatalog.traits(model), Set.of());
    }

    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }
}
