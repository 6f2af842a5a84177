package dev.aigateway.config.importing;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Recognises the configuration of another gateway and converts it. What counts are the keys, not the name of the file. A
 * text with our own top-level key is ours, whatever else it holds. Stateless.
 */
public final class Importer {
    private static final String OUR_KEY = "ai-proxy";

    private Importer() {}

    /** @param ownHeader names of headers that our configuration refuses, because the gateway sets them itself */
    public static Import read(String text, Predicate<String> ownHeader) {
        try {
            return convert(TextFormat.parse(text), ownHeader);
        } catch (SyntaxException e) {
            return new Import.Broken(e.isYaml(), e.remark());
        }
    }

    private static Import convert(Foreign root, Predicate<String> ownHeader) {
        if (!(root instanceof Foreign.Group group) || group.keys().containsKey(OUR_KEY)) {
            return new Import.Unknown();
        }
        List<Gateway> gateways = Gateway.of(group);
        return switch (gateways.size()) {
            case 0 -> new Import.Unknown();
            case 1 -> convert(gateways.getFirst(), group, ownHeader);
            default -> new Import.Refused(List.of(new Remark("", "", "holds " + keysOf(gateways))));
        };
    }

    private static String keysOf(List<Gateway> gateways) {
        return gateways.stream().map(Gateway::label).collect(Collectors.joining(" and of ", "keys of ", ""))
                + "; keep those of one of them";
    }

    private static Import convert(Gateway gateway, Foreign.Group group, Predicate<String> ownHeader) {
        Report report = new Report();
        Cursor root = new Cursor("", group, report);
        Block document = gateway.converter(ownHeader).convert(root);
        root.rest(document);
        return report.result(gateway.label(), Document.of(gateway, document));
    }
}
