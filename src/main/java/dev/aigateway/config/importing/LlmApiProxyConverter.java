package dev.aigateway.config.importing;

import java.util.Set;

/** Converts the file of {@code llm-api-proxy} (behaviour reference, sections 4.1 and 4.2). */
final class LlmApiProxyConverter implements Gateway.Converter {
    private static final String DEFAULT_BASE = "https://api.anthropic.com";

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

    private static Block endpoints(Cursor endpoints, String base) {
        Block out = new Block();
        Set<String> names = endpoints.names();
        for (String name : names) {
            Cursor endpoint = endpoints.group(name);
            Block ours =
                    new Block().put("target-base", endpoint.text("target_base").orElse(base));
            endpoint.text("proxy_url").filter(url -> !url.isEmpty()).ifPresent(url -> ours.put("proxy-url", url));
            endpoint.rest(ours);
            out.put(name, ours);
        }
        if (names.isEmpty()) {
            endpoints.warning("has no endpoint, so that only the built-in demo answers");
        }
        return out;
    }
}
