package dev.aigateway.routing;

import dev.aigateway.config.GatewayConfig;
import dev.aigateway.config.ProviderConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Resolves the names by which clients ask for models; {@code docs/routing.md} is its specification. The same configuration
 * and name always give the same resolution: who of it serves a request is decided elsewhere.
 *
 * <p>Immutable, for any number of threads; keeps nothing of what clients ask.
 */
public final class ModelIndex {
    private final Market market;
    private final NameMapping mapping;
    private final Optional<String> defaultModel;
    private final Search everybody;
    private final List<ServedModel> models;

    public ModelIndex(GatewayConfig config) {
        this.market = new Market(config);
        this.mapping = new NameMapping(config.routing().modelMapping());
        this.defaultModel = config.defaultModel();
        this.everybody = new Search(market, Search.EVERYBODY);
        this.models = listModels(config.routing().listProviderModels());
    }

    public Resolution resolve(String asked) {
        return new Walk(everybody, mapping, defaultModel).resolve(asked);
    }

    /** The same among those that can do what is asked; the others are as if they were disabled. */
    public Resolution resolve(String asked, Predicate<ProviderConfig> able) {
        return new Walk(new Search(market, able), mapping, defaultModel).resolve(asked);
    }

    /** With all keys, whether they may be used or not; empty for a provider that is not in the configuration. */
    Optional<Bidder> bidder(String provider) {
        return market.bidder(provider);
    }

    /** The models that clients can ask for by name, in the order of the configuration. */
    public List<ServedModel> models() {
        return models;
    }

    /** What each provider serves by name, whoever else serves it; nothing that is excluded or disabled. */
    public List<ServedModel> modelsByProvider() {
        List<ServedModel> served = new ArrayList<>();
        market.shownByProvider()
                .forEach((provider, names) -> names.forEach(name -> market.listed(name).stream()
                        .filter(offer -> offer.provider().equals(provider))
                        .findFirst()
                        .map(offer -> offer.candidates().getFirst())
                        .ifPresent(first -> served.add(new ServedModel(name, first.model(), first.provider())))));
        return served;
    }

    private List<ServedModel> listModels(boolean providerModels) {
        Set<String> names = new LinkedHashSet<>(market.shownNames());
        names.addAll(mapping.names());
        if (providerModels) {
            market.shownByProvider()
                    .forEach((provider, shown) -> shown.forEach(name -> names.add(provider + "," + name)));
        }
        List<ServedModel> served = new ArrayList<>();
        for (String name : names) {
            resolve(name).tiers().stream()
                    .findFirst()
                    .map(tier -> tier.getFirst().candidates().getFirst())
                    .ifPresent(first -> served.add(new ServedModel(name, first.model(), first.provider())));
        }
        return List.copyOf(served);
    }
}
