package dev.aigateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a provider, or one of its keys, serves under which names. */
final class ModelsBinding {
    private final Section section;

    ModelsBinding(Section section) {
        this.section = section;
    }

    ModelsConfig bind() {
        List<ModelConfig> listed = new ArrayList<>();
        List<Node> entries = section.list("models");
        for (int i = 0; i < entries.size(); i++) {
            model(entries.get(i), section.pathOf("models[" + i + "]")).ifPresent(listed::add);
        }
        return new ModelsConfig(
                listed,
                section.texts("excluded-models").stream().map(Glob::new).toList(),
                mapping(),
                section.value("prefix", Values::text).map(ModelsBinding::withSlash));
    }

    /** Both spellings are common, with the slash and without. */
    private static String withSlash(String prefix) {
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private Map<String, String> mapping() {
        Map<String, String> mapping = new LinkedHashMap<>();
        Section group = section.group("model-mapping");
        for (String name : group.names()) {
            group.value(name, Values::text).ifPresent(id -> mapping.put(name, id));
        }
        return mapping;
    }

    private Optional<ModelConfig> model(Node node, String path) {
        if (!Section.isGroup(node)) {
            return section.parse(node, path, Values::text).map(found -> ModelConfig.of(found.value()));
        }
        Section model = section.child(path, List.of(node));
        Optional<String> id = model.value("id", Values::text);
        Optional<String> alias = model.value("alias", Values::text);
        if (!model.has("id")) {
            model.problem("needs an id");
        }
        return id.map(known -> new ModelConfig(known, alias));
    }
}
