package dev.aigateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the keys of a provider: texts, or groups of a key and settings of its own. */
final class KeysBinding {
    private static final String NO_KEY = "needs at least one key in api-keys";

    private final Section section;
    private final ProviderConfig provider;
    private final LinkBinding links;
    /** Why files give no key. */
    private final List<String> unusable = new ArrayList<>();

    KeysBinding(Section section, ProviderConfig provider, LinkBinding links) {
        this.links = links;
        this.section = section;
        this.provider = provider;
    }

    /**
     * A key whose variable is not set, or whose file gives none, is left out, so that one file serves machines with different
     * keys. When all are, so is the provider.
     *
     * @param lenient whether a provider without keys is no fault
     */
    ProviderConfig bind(boolean lenient) {
        List<KeyConfig> keys = new ArrayList<>();
        List<Node> entries = section.list("api-keys");
        for (int i = 0; i < entries.size(); i++) {
            String key = "api-keys[" + i + "]";
            if (!(entries.get(i) instanceof Node.Unset unset)) {
                key(entries.get(i), section.pathOf(key), i, lenient).ifPresent(keys::add);
            } else if (!lenient) {
                section.warning(unset.where(), key, "is left out: the variable " + unset.variable() + " is not set");
            }
        }
        if (!keys.isEmpty() || lenient) {
            return provider.withKeys(keys);
        }
        missingKey(entries.isEmpty());
        return entries.isEmpty() ? provider : provider.lackingKeys();
    }

    private Optional<KeyConfig> key(Node node, String path, int index, boolean lenient) {
        if (!Section.isGroup(node)) {
            return section.parse(node, path, Values::secret)
                    .map(found ->
                            new KeyConfig(found.value(), Optional.empty(), plain(), false, index, Optional.empty()));
        }
        Section key = section.overlaid(path, node);
        Optional<Section.Found<Path>> file = key.ownFound("file", Values::namedFile);
        Optional<Secret> secret = secret(key, file, lenient);
        Optional<String> name = key.ownValue("name", Values::providerName);
        boolean disabled = key.ownValue("disabled", Values::bool).orElse(false);
        ProviderConfig settings = ProviderBinding.settings(
                key, provider.name(), provider.type(), share(key), links.bind(key), provider.disabled());
        return secret.map(
                known -> new KeyConfig(known, name, settings, disabled, index, file.map(Section.Found::value)));
    }

    private ShareConfig share(Section key) {
        int limit = provider.share().maxConcurrentPerKey();
        return new ShareConfig(
                ProviderBinding.weight(key.ownValue("weight", Values.integer(1, 1_000_000))),
                ProviderBinding.priority(key.ownValue("priority", Values.integer(0, 1_000_000))),
                provider.share().maxConcurrent(),
                key.ownValue("max-concurrent", Values.integer(0, 1_000_000)).orElse(limit));
    }

    private Optional<Secret> secret(Section key, Optional<Section.Found<Path>> file, boolean lenient) {
        if (key.has("key") && key.has("file")) {
            key.problem("has both a key and a file; remove one of the two");
        } else if (!key.has("key") && !key.has("file")) {
            key.problem("needs a key or a file");
        }
        Optional<Secret> written = key.ownValue("key", Values::secret);
        return written.or(() -> file.flatMap(named -> inFile(key, named, lenient)));
    }

    private Optional<Secret> inFile(Section key, Section.Found<Path> file, boolean lenient) {
        return switch (key.keyFile(file.value(), "key")) {
            case KeyFile.Usable usable -> Optional.of(usable.secret());
            case KeyFile.Unusable reason -> {
                String message = file.value() + " " + reason.reason();
                unusable.add(message);
                if (!lenient) {
                    key.warning(file.where(), "file", "gives no key, so that the entry is left out: " + message);
                }
                yield Optional.empty();
            }
        };
    }

    /** A key without settings of its own has no weight or priority either, whatever the provider's are. */
    private ProviderConfig plain() {
        ShareConfig share = provider.share();
        return provider.withShare(new ShareConfig(
                ShareConfig.DEFAULT.weight(),
                ShareConfig.NO_PRIORITY,
                share.maxConcurrent(),
                share.maxConcurrentPerKey()));
    }

    private void missingKey(boolean noEntries) {
        ProviderType type = provider.type();
        if (type.isKeyRequired() && noEntries) {
            section.problem(NO_KEY);
        } else if (type.isKeyRequired()) {
            section.problemOfThisMachine(unusable.isEmpty() ? NO_KEY : NO_KEY + ": " + String.join(", ", unusable));
        } else if (!noEntries) {
            section.warning(
                    section.where(), "api-keys", "has no entry that can be used, so that the provider is disabled");
        } else if (type != ProviderType.DEMO && !section.has("base-url")) {
            section.warning(
                    section.where(), "api-keys", "is empty: " + type.defaultBaseUrl() + " will refuse requests");
        }
    }
}
