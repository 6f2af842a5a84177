package dev.aigateway.translation;

import dev.aigateway.conversation.Dialect;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every dialect the gateway speaks, by name. Immutable after construction. */
@Singleton
public class Dialects {
    private final Map<Dialect, ClientDialect> clients = new EnumMap<>(Dialect.class);
    private final Map<Dialect, UpstreamDialect> upstreams = new EnumMap<>(Dialect.class);

    public Dialects(@All List<ClientDialect> clients, @All List<UpstreamDialect> upstreams) {
        clients.forEach(dialect -> this.clients.put(dialect.dialect(), dialect));
        upstreams.forEach(dialect -> this.upstreams.put(dialect.dialect(), dialect));
    }

    /** @throws IllegalArgumentException when no client can speak it */
    public ClientDialect client(Dialect dialect) {
        return known(clients.get(dialect), dialect);
    }

    /** @throws IllegalArgumentException when no upstream can speak it */
    public UpstreamDialect upstream(Dialect dialect) {
        return known(upstreams.get(dialect), dialect);
    }

    private static <T> T known(@Nullable T found, Dialect dialect) {
        if (found == null) {
            throw new IllegalArgumentException("dialect " + dialect.label() + " is not spoken here");
        }
        return found;
    }
}
