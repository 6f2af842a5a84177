package dev.aigateway.config.importing;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Converts the file of {@code ai-proxy} in Rust (behaviour reference, sections 2.1, 2.2 and 2.5). */
final class AiProxyConverter implements Gateway.Converter {
    private static final long DAY_SECONDS = 86_400;
    private static final String NO_EFFECT = "had no effect";

    private final Predicate<String> ownHeader;

    AiProxyConverter(Predicate<String> ownHeader) {
        this.ownHeader = ownHeader;
    }

    @Override
    public Block convert(Cursor root) {
        Block out = new Block();
        String host = root.text("host").orElse("0.0.0.0");
        out.put("host", host);
        out.put("port", root.integer("port", 0, 65_535).orElse(8317L));
        List<String> accessKeys = root.texts("api-keys");
        OpenDoor.write(root, host, "api-keys", accessKeys, out);
        tls(root.group("tls"), out);
        root.text("proxy-url").filter(url -> !url.isEmpty()).ifPresent(url -> out.put("proxy-url", url));
        out.note("What was asked of Anthropic when the client named no limit.").put("default-max-tokens", 8192);
        out.put("routing", routing(root));
        retry(root, root.group("retry"), out);
        streaming(root, root.group("streaming"), out);
        root.integer("body-limit-mb", 1, 1024)
                .ifPresent(size -> out.put("limits", new Block().put("max-body-size", Units.mebibytes(size))));
        root.node("payload").ifPresent(rules -> out.put("payload", payload(root.group("payload"))));
        List<String> back = root.texts("passthrough-headers");
        if (!back.isEmpty()) {
            out.put("passthrough-headers", back);
        }
        out.put("providers", credentials(root, out));
        rest(root, out);
        return out;
    }

    private static void tls(Cursor tls, Block out) {
        Block files = new Block();
        tls.text("cert").ifPresent(file -> files.put("cert", file));
        tls.text("key").ifPresent(file -> files.put("key", file));
        if (tls.bool("enable").orElse(false)) {
            if (!tls.has("cert") || !tls.has("key")) {
                tls.problem("needs cert and key when it is enabled");
            }
            out.put("tls", files);
        } else {
            for (String key : List.of("enable", "cert", "key")) {
                tls.was(out, key, "TLS was off");
            }
        }
        tls.rest(out);
    }

    private static Block routing(Cursor root) {
        Cursor routing = root.group("routing");
        Block out = new Block();
        out.note("The turn went round the keys of one vendor; here all providers of a model take turns.");
        out.put(
                "strategy",
                routing.word("strategy", List.of("round-robin", "fill-first")).orElse("round-robin"));
        root.bool("force-model-prefix").ifPresent(force -> out.put("force-model-prefix", force));
        routing.rest(out);
        return out;
    }

    /** Rounds, of which the first is no retry here. The documented alias counts where the real key is missing. */
    private static void retry(Cursor root, Cursor retry, Block out) {
        Block ours = new Block();
        Optional<Long> rounds = retry.integer("max-retries", 0, 101);
        Optional<Long> alias = root.integer("request-retry", 0, 101);
        if (rounds.isPresent()) {
            retry.was(ours, "max-retries", "rounds with the first; here without it");
            root.was(ours, "request-retry", NO_EFFECT);
        } else {
            root.was(ours, "request-retry", "taken for retry.max-retries: rounds with the first; here without it");
        }
        ours.put("max-retries", Math.max(0, rounds.or(() -> alias).orElse(3L) - 1));
        ours.put("base-delay", "1s");
        ours.put("jitter", "full");
        ours.put(
                "max-delay",
                Units.seconds(retry.integer("max-backoff-secs", 0, DAY_SECONDS).orElse(30L)));
        out.put("retry", ours);
        Block cooldown = new Block();
        time(retry, "cooldown-429-secs", cooldown, "rate-limit");
        time(retry, "cooldown-5xx-secs", cooldown, "server-error");
        time(retry, "cooldown-network-secs", cooldown, "network");
        out.put("cooldown", cooldown);
        retry.rest(out);
    }

    private static void time(Cursor from, String key, Block into, String ours) {
        from.integer(key, 0, DAY_SECONDS).ifPresent(seconds -> into.put(ours, Units.seconds(seconds)));
    }

    private static void streaming(Cursor root, Cursor streaming, Block out) {
        Block ours = new Block();
        time(streaming, "keepalive-seconds", ours, "keepalive");
        if (root.has("connect-timeout")) {
            root.was(ours, "connect-timeout", "had no effect, it was always 30 s");
            time(root, "connect-timeout", ours, "connect-timeout");
        }
        if (root.has("request-timeout")) {
            root.was(
                    ours,
                    "request-timeout",
                    "had no effect, a whole exchange always had 300 s; here it is the time to the first byte");
            time(root, "request-timeout", ours, "first-byte-timeout");
        }
        streaming.was(
                ours, "bootstrap-retries", "streams are tried again as often as anything else, until the first event");
        out.put("streaming", ours);
        streaming.rest(out);
    }

    /** The rules have the same form here. */
    private static Block payload(Cursor payload) {
        Block rules = new Block();
        for (String kind : List.of("default", "override", "filter")) {
            payload.node(kind).ifPresent(list -> rules.put(kind, list));
        }
        payload.rest(rules);
        return rules;
    }

    private Stream<Block> credentials(Cursor root, Block out) {
        AiProxyCredentials credentials =
                new AiProxyCredentials(new Headers(ownHeader), root.group("claude-header-defaults"));
        List<Block> providers = AiProxyCredentials.LISTS.stream()
                .flatMap(list -> credentials.write(root, list).stream())
                .toList();
        if (providers.stream().allMatch(Block::isCommentedOut)) {
            root.warning("no provider is left, so that the built-in demo answers");
        }
        if (!credentials.anyCloaked()) {
            root.was(out, "claude-header-defaults", "sent only with requests that were cloaked, which none is");
        }
        return providers.stream();
    }

    /** What these keys promise; they had no effect. */
    private static void log(Cursor root, Block out) {
        Block log = new Block();
        if (root.bool("debug").orElse(false)) {
            log.put("level", "debug");
        }
        if (root.bool("logging-to-file").orElse(false)) {
            String folder = root.text("log-dir").filter(text -> !text.isEmpty()).orElse("logs");
            String path = folder.endsWith("/") ? folder : folder + "/";
            log.put("file", new Block().put("path", path + "ai-proxy.log"));
        } else {
            root.was(log, "log-dir", "there was no log file");
        }
        out.put("log", log);
    }

    private static void rest(Cursor root, Block out) {
        log(root, out);
        root.was(out, "max-retry-interval", NO_EFFECT);
        if (root.integer("non-stream-keepalive-secs", 0, DAY_SECONDS).orElse(0L) > 0) {
            root.lost(
                    out, "non-stream-keepalive-secs", "there is no sign of life before an answer that is not streamed");
        } else {
            root.was(out, "non-stream-keepalive-secs", "so it is");
        }
    }
}
