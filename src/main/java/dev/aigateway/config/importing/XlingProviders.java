package dev.aigateway.config.importing;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes the providers of {@code xling proxy}, which spoke OpenAI's chat dialect to all of them. Used for one file. */
final class XlingProviders {
    private final Headers headers;
    private final String strategy;
    private final List<String> passthrough;
    private final ProviderNames names = new ProviderNames();
    private final Set<String> seen = new HashSet<>();

    XlingProviders(Predicate<String> ownHeader, String strategy, List<String> passthrough) {
        this.headers = new Headers(ownHeader);
        this.strategy = strategy;
        this.passthrough = passthrough;
    }

    List<String> models(List<Cursor> providers) {
        return providers.stream()
                .flatMap(provider -> provider.texts("models").stream())
                .toList();
    }

    Block write(Cursor provider) {
        Block out = new Block();
        name(provider, out);
        String base = provider.text("baseUrl").orElse("");
        if (base.isEmpty()) {
            provider.problem("baseUrl", "must be set");
        }
        boolean anthropic = type(base, out);
        out.put("base-url", base);
        keys(provider, out);
        models(provider, out);
        if (!anthropic && !passthrough.isEmpty()) {
            out.put("passthrough-responses-models", passthrough);
        }
        share(provider, out);
        provider.integer("timeout", 1, 86_400_000)
                .ifPresent(time -> out.put("timeouts", new Block().put("first-byte", Units.milliseconds(time))));
        headers.write(out, provider.group("headers"));
        rest(provider, out);
        if (base.startsWith("cli:")) {
            out.note("Programs in the place of an API are not supported.");
            provider.warning("baseUrl", "names a program, which is not supported: the provider is left out");
            out.commentOut();
        }
        return out;
    }

    private void name(Cursor provider, Block out) {
        String name = provider.text("name").orElse("");
        if (name.isEmpty()) {
            provider.problem("name", "must be set");
        } else if (!seen.add(name)) {
            provider.problem("name", "is the name of another provider too");
        }
        String ours = names.next(name, "provider");
        if (!ours.equals(name)) {
            provider.was(out, "name", "a name has letters, digits, '.', '_' and '-'");
        }
        out.put("name", ours);
    }

    /** @return whether the provider is spoken to in Anthropic's dialect */
    private static boolean type(String base, Block out) {
        boolean anthropic = host(base).equals("api.anthropic.com");
        if (anthropic) {
            out.note("was: spoken to in OpenAI's chat dialect; here in its own");
        }
        out.put("type", anthropic ? "anthropic" : "openai");
        return anthropic;
    }

    private static String host(String base) {
        try {
            String host = URI.create(base).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static void keys(Cursor provider, Block out) {
        List<String> keys = provider.texts("apiKeys");
        if (keys.isEmpty()) {
            keys = provider.text("apiKey").stream()
                    .filter(key -> !key.isEmpty())
                    .toList();
        } else {
            provider.was(out, "apiKey", "apiKeys stood in its place");
        }
        if (keys.isEmpty()) {
            provider.warning("has no key");
        }
        out.put("api-keys", keys);
    }

    /** Names that begin with an entry were served as well. */
    private static void models(Cursor provider, Block out) {
        List<String> models = provider.texts("models");
        if (models.isEmpty()) {
            provider.problem("models", "must hold at least one model");
        }
        out.note("Names that begin with a model's were served as well, such as those with a date.");
        out.put(
                "models",
                Stream.concat(models.stream(), models.stream().map(model -> model + "*"))
                        .toList());
    }

    private void share(Cursor provider, Block out) {
        provider.integer("priority", 1, 1_000_000).ifPresent(priority -> out.put("priority", priority));
        if (strategy.equals("random")) {
            provider.was(out, "weight", "loadBalance random did not heed it; here it would");
        } else {
            provider.integer("weight", 1, 1_000_000).ifPresent(weight -> out.put("weight", weight));
        }
    }

    private static void rest(Cursor provider, Block out) {
        if (provider.bool("enabled").orElse(true)) {
            provider.was(out, "enabled", "so it is");
        } else {
            provider.was(out, "enabled", "the proxy did not heed it");
            provider.warning("enabled", "was not heeded by the proxy; here the provider is disabled");
            out.put("disabled", true);
        }
        if (provider.word("toolFormat", List.of("openai", "anthropic"))
                .orElse("openai")
                .equals("openai")) {
            provider.was(out, "toolFormat", "the provider's own dialect decides");
        } else {
            provider.lost(out, "toolFormat", "the provider's own dialect decides");
        }
        provider.rest(out);
    }
}
