package dev.aigateway.config.importing;

import java.util.Set;
import java.util.function.Predicate;

/** Converts the file of {@code llm-api-proxy} (behaviour reference, sections 4.1 and 4.2). */
final class LlmApiProxyConverter implements Gateway.Converter {
    private static final String DEFAULT_BASE = "https://api.anthropic.com";

    private final Predicate<String> endpointName;

    LlmApiProxyConverter(Predicate<String> endpointName) {
        this.endpointName = endpointName;
    }

    @Override
    public Block convert(Cursor root) {
        Cursor server = root.group("server");
        Block out = new Block();
        out.put("host", "0.0.0.0");
        out.put("port", server.integer("port", 0, 65_535).orElse(8811L));
        OpenDoor.write(root, out);
        String base = server.text("target_base").orElse(DEFAULT_BASE);
        server.was(out, "target_base", "stands with each endpoint that has none of its own; other paths are not found");
        out.put("endpoints", endpoints(root.group("endpoints"), base));
        server.rest(out);
        return out;
    }

    private Block endpoints(Cursor endpoints, String base) {
        Block out = new Block();
        Set<String> names = endpoints.names();
        EndpointNames ours = new EndpointNames(names, endpointName);
        for (String name : names) {
            Cursor endpoint = endpoints.group(name);
            Block settings =
                    new Block().put("target-base", endpoint.text("target_base").orElse(base));
            endpoint.text("proxy_url").filter(url -> !url.isEmpty()).ifPresent(url -> settings.put("proxy-url", url));
            endpoint.rest(settings);
            String ourName = ours.ours(name);
            if (!ourName.equals(name)) {
                renamed(endpoint, ourName, out);
            }
            out.put(ourName, settings);
        }
        if (names.isEmpty()) {
            endpoints.warning("has no endpoint, so that only the built-in demo answers");
        }
        return out;
    }

    /** Clients must be told, since the name stands in the path. */
    private static void renamed(Cursor endpoint, String ourName, Block out) {
        String path = "/" + ourName;
        out.note("was: " + Scalars.writePath(endpoint.path()) + " (is reached at " + path + " now)");
        endpoint.warning("is called " + ourName + " here and reached at " + path
                + ": the gateway's own paths begin with some names, and a name has letters, digits, '.', '_' and '-'");
    }
}
