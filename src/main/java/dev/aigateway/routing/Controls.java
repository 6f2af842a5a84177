package dev.aigateway.routing;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.KeyConfig;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.routing.state.KeyId;
import dev.aigateway.routing.state.SharedState;
import dev.aigateway.routing.state.Standing;
import dev.aigateway.routing.state.Subject;
import dev.aigateway.routing.state.Switches;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What operators can do to providers and keys while the gateway runs. Safe for concurrent use. */
public final class Controls {
    private final GatewayConfig config;
    private final ModelIndex index;
    private final SharedState state;
    private final Switches switches;

    Controls(GatewayConfig config, ModelIndex index, SharedState state, Switches switches) {
        this.config = config;
        this.index = index;
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
        Optional<KeyConfig> key = configured(provider, keyIndex);
        key.map(KeyId::ofSwitch).ifPresent(id -> switches.turn(id, on));
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
     * @param model the provider's id, or a name that leads to it
     */
    public boolean reset(String provider, String model, List<UnavailableModel> unavailable) {
        Set<String> ids = ids(provider, model);
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
        return configured(provider, index).map(key -> KeyId.of(provider, Optional.of(key.secret())));
    }

    private Optional<KeyConfig> configured(String provider, int index) {
        return provider(provider).flatMap(found -> found.key(index));
    }

    /** Whatever a provider is asked for when a client asks for the model, there or anywhere; and what is called so itself. */
    private Set<String> ids(String provider, String model) {
        Set<String> ids = new LinkedHashSet<>(List.of(model));
        Stream.of(provider + "," + model, model)
                .map(index::resolve)
                .filter(Controls::isMeant)
                .flatMap(resolution -> resolution.tiers().stream())
                .flatMap(List::stream)
                .filter(offer -> offer.provider().equals(provider))
                .flatMap(offer -> offer.candidates().stream())
                .map(Candidate::model)
                .forEach(ids::add);
        return ids;
    }

    /** The default model stands in for any name, also for one that is mistyped. */
    private static boolean isMeant(Resolution resolution) {
        return resolution.steps().stream().noneMatch(step -> step.rule() == Rule.DEFAULT_MODEL);
    }

    private Optional<ProviderConfig> provider(String name) {
        return config.providers().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst();
    }
}
