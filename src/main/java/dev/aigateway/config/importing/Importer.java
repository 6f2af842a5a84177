package dev.aigateway.config.importing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Recognises the configuration of another gateway and converts it. What counts are the keys, not the name of the file. A
 * text with our own top-level key is ours, whatever else it holds. Stateless.
 */
public final class Importer {
    private static final String OUR_KEY = "ai-proxy";

    private Importer() {}

    public static Import read(String text, OurNames names) {
        try {
            return convert(TextFormat.parse(text), names);
        } catch (SyntaxException e) {
            return new Import.Broken(e.isYaml(), e.remark());
        }
    }

    private static Import convert(Foreign root, OurNames names) {
        if (!(root instanceof Foreign.Group group) || group.keys().containsKey(OUR_KEY)) {
            return new Import.Unknown();
        }
        List<Gateway> gateways = Gateway.of(group);
        return switch (gateways.size()) {
            case 0 -> new Import.Unknown();
            case 1 -> convert(gateways.getFirst(), group, names);
            default -> new Import.Refused(List.of(new Remark("", "", "holds " + keysOf(gateways))));
        };
    }

    private static String keysOf(List<Gateway> gateways) {
        return gateways.stream().map(Gateway::label).collect(Collectors.joining(" and of ", "keys of ", ""))
                + "; keep those of one of them";
    }

    private static Import convert(Gateway gateway, Foreign.Group group, OurNames names) {
        Report report = new Report();
        Cursor root = new Cursor("", group, report);
        Block document = gateway.converter(names).convert(root);
        root.rest(document);
        return report.result(gateway.label(), Document.of(gateway, document));
    }
}
