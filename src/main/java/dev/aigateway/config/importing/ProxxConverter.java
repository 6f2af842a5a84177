package dev.aigateway.config.importing;

import java.util.stream.Stream;

/** Converts the file of {@code proxx} (behaviour reference, sections 5.1 to 5.5). */
final class ProxxConverter implements Gateway.Converter {
    private static final long OUR_LONGEST_DELAY = 8_000;
    private static final long DAY = 86_400_000;

    @Override
    public Block convert(Cursor root) {
        Block out = new Block();
        out.put("host", "0.0.0.0");
        out.put("port", root.integer("port", 0, 65_535).orElse(8080L));
        OpenDoor.write(root, out);
        out.put("retry", retry(root));
        out.put("providers", Stream.of(provider(root)));
        return out;
    }

    private static Block retry(Cursor root) {
        long retries = root.integer("max_retries", 0, 100).orElse(3L);
        long base = root.integer("retry_base_delay_ms", 0, DAY).orElse(1000L);
        long last = retries < 2 ? base : Math.min(DAY, base << Math.min(retries - 1, 20));
        Block retry = new Block()
                .put("max-retries", retries)
                .put("statuses", 429, 503)
                .put("base-delay", Units.milliseconds(base));
        return last > OUR_LONGEST_DELAY ? retry.put("max-delay", Units.milliseconds(last)) : retry;
    }

    private static Block provider(Cursor root) {
        Block provider = new Block()
                .note(
                        "The list of models was glm-4.7 and glm-4.6, whatever the provider had. Any model may be asked for.")
                .put("name", "proxx")
                .put("type", "anthropic")
                .put("base-url", root.text("upstream_url").orElse(""));
        if (!root.has("upstream_url")) {
            root.problem("upstream_url", "must be set");
        }
        provider.note("The client's own bearer token is the provider's key.").put("auth", "client");
        provider.put("default-max-tokens", 32_000);
        root.node("temperature").ifPresent(given -> temperature(root, provider, given));
        root.warning("sent headers that look like those of Claude Code; to send such, take cloak out of its comment");
        return provider.note("was: headers that look like those of Claude Code, with every request. To send such:")
                .note("cloak: { preset: claude-code, mode: always }");
    }

    private static void temperature(Cursor root, Block provider, Foreign given) {
        if (root.text("temperature").orElse("").matches("[+-]?\\d{1,3}(\\.\\d{1,15})?")) {
            provider.put("temperature", given);
        } else {
            root.problem("temperature", "must be a number");
        }
    }
}
