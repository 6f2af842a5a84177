package dev.aigateway.config;

import dev.aigateway.conversation.Dialect;
import java.util.List;
import java.util.Optional;

/**
 * One change of request bodies, and the models that it is meant for.
 *
 * @param models any of them
 * @param params in the order in which they are applied
 */
public record PayloadRule(Action action, List<ModelMatch> models, List<Param> params) {
    public enum Action {
        /** Sets what the request does not say. */
        DEFAULT,
        /** Sets whatever the request says. */
        OVERRIDE,
        /** Takes away. */
        FILTER
    }

    /**
     * @param name of the model, as the client asked for it or as the provider calls it
     * @param protocol the dialect of the body; empty for any
     */
    public record ModelMatch(Glob name, Optional<Dialect> protocol) {
        boolean matches(String asked, String upstream, Dialect dialect) {
            return (protocol.isEmpty() || protocol.get() == dialect) && (name.matches(upstream) || name.matches(asked));
        }
    }

    /**
     * @param path names from the outside in; where an array stands, an index
     * @param json the value as JSON text; empty for a filter
     */
    public record Param(List<String> path, Optional<String> json) {
        public Param {
            path = List.copyOf(path);
        }
    }

    public PayloadRule {
        models = List.copyOf(models);
        params = List.copyOf(params);
    }

    /**
     * @param asked the model as the client asked for it
     * @param upstream the provider's id of the model
     * @param dialect of the body
     */
    public boolean matches(String asked, String upstream, Dialect dialect) {
        return models.stream().anyMatch(model -> model.matches(asked, upstream, dialect));
    }
}
