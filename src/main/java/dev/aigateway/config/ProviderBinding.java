package dev.aigateway.config;

import dev.aigateway.conversation.Dialect;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code providers}. */
final class ProviderBinding {
    private final Section section;
    private final Optional<String> givenName;

    ProviderBinding(Section.Member member) {
        this.section = member.section();
        this.givenName = member.name();
    }

    /** Empty when there is no telling what it should be; then that is among the findings. Reads every key all the same. */
    Optional<ProviderConfig> bind() {
        Optional<String> name = section.value("name", Values::providerName).or(() -> givenName);
        Optional<ProviderType> type = section.has("type") ? section.value("type", Values::providerType) : typeOf(name);
        boolean disabled = section.value("disabled", Values::bool).orElse(false);
        ProviderType shape = type.orElse(ProviderType.OPENAI);
        ProviderConfig provider = new ProviderConfig(
                name.orElse(shape.label()),
                shape,
                baseUrl(shape),
                apiKeys(shape, disabled || type.isEmpty()),
                models(),
                section.value("weight", Values.integer(1, 1_000_000)).orElse(1),
                headers(),
                section.value("ca-certificate", Values::readableFile),
                wire(shape),
                serves(shape),
                disabled);
        return type.map(known -> provider);
    }

    private WireConfig wire(ProviderType type) {
        boolean hasChoice = type == ProviderType.OPENAI;
        Optional<Dialect> dialect = section.value("wire-api", Values::wireApi);
        List<String> passthrough = texts("passthrough-responses-models");
        if (!hasChoice && (dialect.isPresent() || !passthrough.isEmpty())) {
            section.problem("has wire-api or passthrough-responses-models, which only providers of type openai take");
        }
        return new WireConfig(
                dialect, section.value("must-stream", Values::bool).orElse(false), passthrough);
    }

    private Set<Service> serves(ProviderType type) {
        Set<Service> serves = EnumSet.noneOf(Service.class);
        List<Node> entries = section.list("serves");
        for (int i = 0; i < entries.size(); i++) {
            section.parse(entries.get(i), section.pathOf("serves[" + i + "]"), Values::service)
                    .ifPresent(found -> serves.add(found.value()));
        }
        boolean speaksOpenAi = type == ProviderType.OPENAI || type == ProviderType.RESPONSES;
        if (!entries.isEmpty() && !speaksOpenAi) {
            section.problem("has serves, which only providers of type openai or responses take");
        }
        return serves;
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        List<Node> entries = section.list(key);
        for (int i = 0; i < entries.size(); i++) {
            section.parse(entries.get(i), section.pathOf(key + "[" + i + "]"), Values::text)
                    .ifPresent(found -> texts.add(found.value()));
        }
        return texts;
    }

    /** A provider that is called like a type needs no type. */
    private Optional<ProviderType> typeOf(Optional<String> name) {
        Optional<ProviderType> type = name.flatMap(ProviderType::named).filter(ProviderType::isSupported);
        if (type.isEmpty() && !section.isBroken()) {
            section.problem("needs a type: " + String.join(", ", ProviderType.supportedLabels()));
        }
        return type;
    }

    private URI baseUrl(ProviderType type) {
        return section.value("base-url", BaseUrl::parse).orElse(type.defaultBaseUrl());
    }

    /** A key whose variable is not set is left out, so that one file serves machines with different keys. */
    private List<Secret> apiKeys(ProviderType type, boolean lenient) {
        List<Secret> keys = new ArrayList<>();
        List<Node> entries = section.list("api-keys");
        for (int i = 0; i < entries.size(); i++) {
            String key = "api-keys[" + i + "]";
            if (!(entries.get(i) instanceof Node.Unset unset)) {
                section.parse(entries.get(i), section.pathOf(key), Values::secret)
                        .ifPresent(found -> keys.add(found.value()));
            } else if (!lenient) {
                section.warning(unset.where(), key, "is left out: the variable " + unset.variable() + " is not set");
            }
        }
        if (keys.isEmpty() && !lenient) {
            missingKey(type, entries.isEmpty());
        }
        return keys;
    }

    private void missingKey(ProviderType type, boolean noEntries) {
        if (type.isKeyRequired()) {
            section.problem("needs at least one key in api-keys");
        } else if (noEntries && type != ProviderType.DEMO && !section.has("base-url")) {
            section.warning(
                    section.where(), "api-keys", "is empty: " + type.defaultBaseUrl() + " will refuse requests");
        }
    }

    private List<ModelConfig> models() {
        List<ModelConfig> models = new ArrayList<>();
        List<Node> entries = section.list("models");
        for (int i = 0; i < entries.size(); i++) {
            model(entries.get(i), section.pathOf("models[" + i + "]")).ifPresent(models::add);
        }
        return models;
    }

    private Optional<ModelConfig> model(Node node, String path) {
        boolean group = node instanceof Node.Keys
                || (node instanceof Node.Variables variables
                        && variables.environment().hasAnyBelow(variables.prefix()));
        if (!group) {
            return section.parse(node, path, Values::text).map(found -> ModelConfig.of(found.value()));
        }
        Section model = section.child(path, List.of(node));
        Optional<String> id = model.value("id", Values::text);
        Optional<String> alias = model.value("alias", Values::text);
        if (!model.has("id")) {
            model.problem("needs an id");
        }
        return id.map(known -> new ModelConfig(known, alias));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        Section group = section.group("headers");
        for (String name : group.names()) {
            group.found(name, text -> {
                        Values.checkHeaderName(name);
                        return Values.headerValue(text);
                    })
                    .ifPresent(found -> headers.put(name, found.value()));
        }
        return headers;
    }
}
