package dev.aigateway.dispatch;

import dev.aigateway.config.Service;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.splice.Envelope;
import java.util.Map;
import java.util.Optional;

/**
 * A client's request, read and authenticated.
 *
 * @param id our id of the exchange, shown to the client
 * @param owner whose request it is; an owner's stored responses are its own
 * @param model the model asked for, or the configured default
 * @param forwarded client headers that a same-dialect upstream should see
 * @param service what is asked for when it is no conversation but forwarded as it is
 * @param userAgent what the client says that it is
 */
public record ClientRequest(
        String id,
        String owner,
        Dialect dialect,
        String model,
        Envelope envelope,
        Map<String, String> forwarded,
        Optional<Service> service,
        Optional<String> userAgent) {
    public ClientRequest(
            String id,
            String owner,
            Dialect dialect,
            String model,
            Envelope envelope,
            Map<String, String> forwarded,
            Optional<Service> service) {
        this(id, owner, dialect, model, envelope, forwarded, service, Optional.empty());
    }

    public ClientRequest(
            String id, String owner, Dialect dialect, String model, Envelope envelope, Map<String, String> forwarded) {
        this(id, owner, dialect, model, envelope, forwarded, Optional.empty());
    }

    /** How metrics and logs name what the client asked for. */
    public String protocol() {
        return service.map(Service::label).orElseGet(dialect::label);
    }

    /** Those of the forwarded headers that belong to no dialect. */
    Map<String, String> tracing() {
        String id = forwarded.get("x-request-id");
        return id == null ? Map.of() : Map.of("x-request-id", id);
    }

    public boolean stream() {
        return envelope.stream();
    }
}
