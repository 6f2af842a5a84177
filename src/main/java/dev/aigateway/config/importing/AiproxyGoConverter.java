package dev.aigateway.config.importing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the file of {@code aiproxy} in Go (behaviour reference, sections 3.1, 3.2, 3.7 and 3.8). */
final class AiproxyGoConverter implements Gateway.Converter {
    private static final long MOST = 1_000_000_000;

    /** All spellings that people try, although only the one with a colon and no host was ever good. */
    private static final Pattern LISTEN = Pattern.compile("(.*):(\\d{1,5})|(\\d{1,5})");

    private final Predicate<String> ownHeader;

    AiproxyGoConverter(Predicate<String> ownHeader) {
        this.ownHeader = ownHeader;
    }

    @Override
    public Block convert(Cursor root) {
        Block out = new Block();
        listen(root, out);
        List<String> accessKeys = root.texts("api-key");
        if (!accessKeys.isEmpty()) {
            out.put("access-keys", accessKeys);
        }
        out.put("default-max-tokens", positive(root, "default_max_tokens", 4096));
        out.put("routing", new Block().put("strategy", "weighted"));
        out.note("Each upstream was tried once.").put("retry", new Block().put("max-retries", 0));
        out.note(
                "For an upstream and a model; was: opened by any status from 400, here by the upstream's own failures.");
        out.put("breaker", new Block().put("failures", 3).put("duration", "30m"));
        out.put("fallbacks", fallbacks(root.map("model_fallback")));
        timeout(root, out);
        log(root.group("log"), out);
        upstreams(root, out);
        return out;
    }

    private static void listen(Cursor root, Block out) {
        String bind = root.text("bind").orElse("127.0.0.1").trim();
        String listen = root.text("listen").orElse(":8080").trim();
        Matcher matcher = LISTEN.matcher(listen);
        boolean known = matcher.matches();
        if (!known) {
            root.problem("listen", "must be a port, such as :8080");
        }
        String host = known && matcher.group(1) != null && !matcher.group(1).isEmpty() ? matcher.group(1) : bind;
        if (!host.equals(bind)) {
            root.was(out, "bind", "listen has an address of its own");
        }
        out.put("host", host.isEmpty() ? "0.0.0.0" : host);
        if (known) {
            out.put("port", Long.parseLong(matcher.group(2) != null ? matcher.group(2) : matcher.group(3)));
        }
    }

    /** What is not positive stands for the default. */
    private static long positive(Cursor from, String key, long byDefault) {
        return from.integer(key, -MOST, MOST).filter(number -> number > 0).orElse(byDefault);
    }

    /** Each model had one that followed, which had one in turn. */
    private static Block fallbacks(Map<String, String> next) {
        Block out = new Block();
        next.keySet().forEach(model -> {
            Set<String> chain = new LinkedHashSet<>();
            String follower = next.get(model);
            while (follower != null && chain.add(follower)) {
                follower = next.get(follower);
            }
            out.put(model, List.copyOf(chain));
        });
        return out;
    }

    private static void timeout(Cursor root, Block out) {
        if (root.has("upstream_request_timeout")) {
            long seconds = positive(root, "upstream_request_timeout", 60);
            Block streaming = new Block();
            root.was(streaming, "upstream_request_timeout", "until the head of an answer; here until its first byte");
            out.put("streaming", streaming.put("first-byte-timeout", Units.seconds(seconds)));
        }
    }

    private static void log(Cursor log, Block out) {
        Block file = new Block();
        log.text("file").filter(path -> !path.isEmpty()).ifPresent(path -> file.put("path", path));
        boolean toFile = log.text("file").filter(path -> !path.isEmpty()).isPresent();
        if (toFile) {
            file.put("max-size", Units.mebibytes(positive(log, "max_size", 100)));
            file.put("max-backups", positive(log, "max_backups", 3));
            file.put("max-age", positive(log, "max_age", 28) + "d");
            file.put("compress", log.bool("compress").orElse(false));
            out.put("log", new Block().put("file", file));
        } else {
            for (String key : List.of("file", "max_size", "max_backups", "max_age", "compress")) {
                log.was(out, key, "there was no log file");
            }
        }
        log.rest(out);
    }

    private void upstreams(Cursor root, Block out) {
        AiproxyGoUpstreams upstreams = new AiproxyGoUpstreams(new Headers(ownHeader));
        List<Block> providers = new ArrayList<>();
        root.groups("upstreams").forEach(upstream -> providers.add(upstreams.write(upstream)));
        OptionalLong heartbeat = upstreams.heartbeatSeconds();
        if (heartbeat.isPresent()) {
            out.note("was: heartbeat (a tiny request to some upstreams; here all are asked for their models)");
            out.put("health-check", new Block().put("interval", Units.seconds(heartbeat.getAsLong())));
        }
        if (providers.stream().allMatch(Block::isCommentedOut)) {
            root.warning("upstreams", "leave no provider, so that the built-in demo answers");
        }
        out.put("providers", providers.stream());
    }
}
