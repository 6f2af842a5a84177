package dev.aigateway.config;

import dev.aigateway.conversation.Dialect;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one entry of {@code providers}. An entry of its keys may have nearly all settings of its own; what it does not have
 * it takes from the provider.
 */
final class ProviderBinding {
    private final Section section;
    private final Optional<String> givenName;
    private final LinkBinding links;

    ProviderBinding(Section.Member member, LinkBinding links) {
        this.links = links;
        this.section = member.section();
        this.givenName = member.name();
    }

    /** Empty when there is no telling what it should be; then that is among the findings. Reads every key all the same. */
    Optional<ProviderConfig> bind() {
        Optional<String> name = section.value("name", Values::providerName).or(() -> givenName);
        Optional<ProviderType> type = section.has("type") ? section.value("type", Values::providerType) : typeOf(name);
        boolean disabled = section.value("disabled", Values::bool).orElse(false);
        ProviderType shape = type.orElse(ProviderType.OPENAI);
        ShareConfig share = new ShareConfig(
                weight(section.value("weight", Values.integer(1, 1_000_000))),
                priority(section.value("priority", Values.integer(0, 1_000_000))),
                section.value("max-concurrent", Values.integer(0, 1_000_000)).orElse(0),
                section.value("max-concurrent-per-key", Values.integer(0, 1_000_000))
                        .orElse(0));
        LinkConfig link = links.bind(section)
                .withCallersKey(section.value("auth", Values::callersKey).orElse(false));
        ProviderConfig provider = settings(section, name.orElse(shape.label()), shape, share, link, disabled);
        boolean lenient = disabled || type.isEmpty() || link.callersKey();
        ProviderConfig whole = new KeysBinding(section, provider, links.below(link)).bind(lenient);
        if (link.callersKey() && section.has("api-keys")) {
            section.problem(
                    "has api-keys beside auth: client, which takes the key from each caller; remove one of the two");
        }
        return type.map(known -> whole);
    }

    /** The settings that a key may have as well. */
    static ProviderConfig settings(
            Section section, String name, ProviderType type, ShareConfig share, LinkConfig link, boolean disabled) {
        return new ProviderConfig(
                name,
                type,
                section.value("base-url", BaseUrl::parse).orElse(type.defaultBaseUrl()),
                List.of(),
                new ModelsBinding(section).bind(),
                share,
                link,
                wire(section, type),
                serves(section, type),
                disabled,
                new TuningBinding(section, type).bind(),
                false);
    }

    static int weight(Optional<Integer> given) {
        return given.orElse(ShareConfig.DEFAULT.weight());
    }

    static int priority(Optional<Integer> given) {
        return given.orElse(ShareConfig.NO_PRIORITY);
    }

    private static WireConfig wire(Section section, ProviderType type) {
        boolean hasChoice = type == ProviderType.OPENAI;
        Optional<Dialect> dialect = section.value("wire-api", Values::wireApi);
        List<String> passthrough = section.texts("passthrough-responses-models");
        if (!hasChoice && (dialect.isPresent() || !passthrough.isEmpty())) {
            section.problem("has wire-api or passthrough-responses-models, which only providers of type openai take");
        }
        return new WireConfig(
                dialect, section.value("must-stream", Values::bool).orElse(false), passthrough);
    }

    private static Set<Service> serves(Section section, ProviderType type) {
        Set<Service> serves = EnumSet.noneOf(Service.class);
        List<Service> entries = section.values("serves", Values::service);
        serves.addAll(entries);
        boolean speaksOpenAi = type == ProviderType.OPENAI || type == ProviderType.RESPONSES;
        if (!entries.isEmpty() && !speaksOpenAi) {
            section.problem("has serves, which only providers of type openai or responses take");
        }
        return serves;
    }

    /** A provider that is called like a type needs no type. */
    private Optional<ProviderType> typeOf(Optional<String> name) {
        Optional<ProviderType> type = name.flatMap(ProviderType::named).filter(ProviderType::isSupported);
        if (type.isEmpty() && !section.isBroken()) {
            section.problem("needs a type: " + String.join(", ", ProviderType.supportedLabels()));
        }
        return type;
    }
}
