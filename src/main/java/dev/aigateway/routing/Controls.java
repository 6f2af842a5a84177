package dev.aigateway.routing;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ModelConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.routing.state.KeyId;
import dev.aigateway.routing.state.SharedState;
import dev.aigateway.routing.state.Standing;
import dev.aigateway.routing.state.Subject;
import dev.aigateway.routing.state.Switches;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What operators can do to providers and keys while the gateway runs. Safe for concurrent use. */
public final class Controls {
    private final GatewayConfig config;
    private final SharedState state;
    private final Switches switches;

    Controls(GatewayConfig config, SharedState state, Switches switches) {
        this.config = config;
        this.state = state;
        this.switches = switches;
    }

    /** False when there is no such provider. */
    public boolean turn(String provider, boolean on) {
        Optional<ProviderConfig> known = provider(provider);
        known.ifPresent(found -> switches.turn(found.name(), on));
        return known.isPresent();
    }

    /** False when there is no such provider or no key at that place. */
    public boolean turn(String provider, int keyIndex, boolean on) {
        Optional<KeyId> key = key(provider, keyIndex);
        key.ifPresent(id -> switches.turn(id, on));
        return key.isPresent();
    }

    /** Forgets failures, of everybody or of those who fit; gives back of how many. */
    public int clear(Optional<String> provider, Optional<String> model, Optional<KeyId> key) {
        return clear(subject -> provider.map(subject.provider()::equals).orElse(true)
                && model.map(subject.model()::equals).orElse(true)
                && key.map(subject::isOf).orElse(true));
    }

    /**
     * Forgets whatever stands in the way of a model; false when nothing does.
     *
     * @param model the provider's id or an alias
     */
    public boolean reset(String provider, String model, List<UnavailableModel> unavailable) {
        List<String> ids = provider(provider).map(found -> ids(found, model)).orElse(List.of(model));
        boolean inTheWay =
                unavailable.stream().anyMatch(one -> one.provider().equals(provider) && ids.contains(one.model()));
        if (inTheWay) {
            clear(subject -> subject.provider().equals(provider)
                    && (subject.model().isEmpty() || ids.contains(subject.model())));
        }
        return inTheWay;
    }

    private int clear(Predicate<Subject> wanted) {
        List<Subject> known = state.all().keySet().stream().filter(wanted).toList();
        known.forEach(subject -> state.update(subject, standing -> Standing.GOOD));
        return known.size();
    }

    /** Empty when there is no such key. */
    public Optional<KeyId> key(String provider, int index) {
        return provider(provider)
                .filter(found -> index >= 0 && index < found.keys().size())
                .map(found -> found.keys().get(index))
                .map(KeyConfig::secret)
                .map(secret -> KeyId.of(provider, Optional.of(secret)));
    }

    /** The provider's ids of a model, which may be named by its alias. */
    private static List<String> ids(ProviderConfig provider, String model) {
        List<String> aliased = provider.models().listed().stream()
                .filter(listed -> listed.name().equals(model))
                .map(ModelConfig::id)
                .toList();
        return aliased.isEmpty() ? List.of(model) : aliased;
    }

    private Optional<ProviderConfig> provider(String name) {
        return config.providers().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }
}
