package dev.aigateway.config.importing;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/** Writes the upstreams of {@code aiproxy} in Go. Used for one file. */
final class AiproxyGoUpstreams {
    private static final List<String> WITH_TOKEN = List.of("anthropic", "openai", "gemini", "responses");
    private static final List<String> WITH_LOGIN = List.of("codex", "claudecode", "geminicli", "antigravity", "kiro");
    private static final long MOST = 1_000_000;
    private static final long DAY_SECONDS = 86_400;

    private final Headers headers;
    private final ProviderNames names = new ProviderNames();
    private final Set<String> seen = new HashSet<>();
    private final LongStream.Builder heartbeats = LongStream.builder();

    AiproxyGoUpstreams(Headers headers) {
        this.headers = headers;
    }

    /** The shortest interval that any upstream wants; to be asked once, at the end. */
    OptionalLong heartbeatSeconds() {
        return heartbeats.build().min();
    }

    Block write(Cursor upstream) {
        Block out = new Block();
        String type = upstream.text("api_type").orElse("anthropic").toLowerCase(Locale.ROOT);
        boolean login = WITH_LOGIN.contains(type);
        if (!login && !WITH_TOKEN.contains(type)) {
            upstream.problem("api_type", "must be one of " + String.join(", ", WITH_TOKEN));
        }
        boolean enabled = upstream.bool("enabled").orElse(true);
        name(upstream, type, out);
        out.put("type", type);
        address(upstream, enabled && !login, out);
        models(upstream, out);
        behaviour(upstream, out);
        if (!enabled) {
            out.put("disabled", true);
        }
        if (login) {
            leaveOut(upstream, type, out);
        }
        upstream.rest(out);
        return out;
    }

    private void name(Cursor upstream, String type, Block out) {
        String name = upstream.text("name").orElse("").trim();
        if (!name.isEmpty() && !seen.add(name.toLowerCase(Locale.ROOT))) {
            upstream.problem("name", "is the name of another upstream too");
        }
        String ours = names.next(name, type);
        if (!ours.equals(name)) {
            upstream.was(out, "name", "a name has letters, digits, '.', '_' and '-'");
        }
        out.put("name", ours);
    }

    private static void address(Cursor upstream, boolean needed, Block out) {
        String base = upstream.text("base_url").orElse("");
        if (!base.isEmpty()) {
            out.put("base-url", base);
        } else if (needed) {
            upstream.problem("needs a base_url");
        }
        List<String> tokens = upstream.texts("token").stream()
                .filter(token -> !token.isBlank())
                .distinct()
                .toList();
        if (!tokens.isEmpty()) {
            out.put("api-keys", tokens);
        } else if (needed) {
            upstream.warning("has no token");
        }
    }

    private static void models(Cursor upstream, Block out) {
        List<String> available = upstream.texts("available_models");
        if (!available.isEmpty()) {
            out.put("models", available);
        }
        Cursor mappings = upstream.group("model_mappings");
        Block mapping = new Block();
        for (String name : mappings.names()) {
            if (available.isEmpty() || available.contains(name)) {
                mappings.text(name).ifPresent(id -> mapping.put(name, id));
            } else {
                mappings.was(mapping, name, "never asked for: available_models does not have it");
            }
        }
        out.put("model-mapping", mapping);
    }

    private void behaviour(Cursor upstream, Block out) {
        upstream.integer("weight", -MOST, MOST).ifPresent(weight -> {
            if (weight < 1) {
                upstream.was(out, "weight", "stood for 1");
            }
            out.put("weight", Math.max(1, weight));
        });
        upstream.bool("must_stream").ifPresent(must -> out.put("must-stream", must));
        heartbeat(upstream, out);
        if (List.of("", "none").contains(upstream.text("request_compression").orElse(""))) {
            upstream.was(out, "request_compression", "so it is");
        } else {
            upstream.lost(out, "request_compression", "requests are sent uncompressed");
        }
        headers.write(out, upstream.group("http_headers"));
    }

    private void heartbeat(Cursor upstream, Block out) {
        boolean on = upstream.bool("heartbeat").orElse(false);
        long seconds = upstream.integer("heartbeat_interval", 0, DAY_SECONDS).orElse(0L);
        upstream.was(out, "heartbeat", on && seconds > 0 ? "see health-check" : "without effect");
        upstream.was(out, "heartbeat_interval", on && seconds > 0 ? "see health-check" : "without effect");
        if (on && seconds > 0) {
            heartbeats.add(seconds);
        }
    }

    private static void leaveOut(Cursor upstream, String type, Block out) {
        String why = "a login as of " + type + " is not supported by this version; only keys are";
        out.note("left out: " + why);
        upstream.was(out, "auth_files", "each a login");
        upstream.warning("is left out: " + why);
        out.commentOut();
    }
}
