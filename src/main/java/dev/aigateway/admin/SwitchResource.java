package dev.aigateway.admin;

import dev.aigateway.config.CurrentConfig;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.state.KeyId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Switches providers and keys off and on, and forgets failures. It holds until it is changed again or the process ends; the
 * file is not touched. Each change is in the log.
 */
@Path("/")
@RunOnVirtualThread
public class SwitchResource {
    private static final Logger LOG = Logger.getLogger("ai-gateway.admin");
    private static final Pattern INDEX = Pattern.compile("\\d{1,6}");

    private static final List<String> FILTERS = List.of("provider", "model", "key");

    private final CurrentConfig config;
    private final ProviderPool pool;

    public SwitchResource(CurrentConfig config, ProviderPool pool) {
        this.config = config;
        this.pool = pool;
    }

    @POST
    @Path("admin/providers/{name}/{turn:enable|disable}")
    public Response provider(@PathParam("name") String name, @PathParam("turn") String turn) {
        boolean on = turn.equals("enable");
        if (!pool.controls().turn(name, on)) {
            return unknown();
        }
        LOG.infof("An operator switched the provider %s %s", name, on ? "on" : "off");
        return Answers.ok(Answers.object().put("provider", name).put("switched_off", !on));
    }

    @POST
    @Path("admin/providers/{name}/keys/{index}/{turn:enable|disable}")
    public Response key(
            @PathParam("name") String name, @PathParam("index") String index, @PathParam("turn") String turn) {
        boolean on = turn.equals("enable");
        if (!INDEX.matcher(index).matches() || !pool.controls().turn(name, Integer.parseInt(index), on)) {
            return unknown();
        }
        LOG.infof("An operator switched key %s of the provider %s %s", index, name, on ? "on" : "off");
        return Answers.ok(Answers.object()
                .put("provider", name)
                .put("key", Integer.parseInt(index))
                .put("switched_off", !on));
    }

    /** Of everybody, or of those who fit all that is given. */
    @POST
    @Path("admin/cooldowns/clear")
    public Response clear(
            @QueryParam("provider") @Nullable String provider,
            @QueryParam("model") @Nullable String model,
            @QueryParam("key") @Nullable String key,
            @Context UriInfo uri) {
        // A filter that nobody reads would clear everything.
        if (!areFilters(uri.getQueryParameters())) {
            return Answers.error(
                    400,
                    "invalid_request_error",
                    "The parameters are " + String.join(", ", FILTERS) + ", none of them empty, and no others");
        }
        if (provider != null && !isKnown(provider)) {
            return unknown();
        }
        Optional<KeyId> id = Optional.empty();
        if (key != null) {
            if (provider == null || !INDEX.matcher(key).matches()) {
                return Answers.error(400, "invalid_request_error", "key is a number and needs a provider");
            }
            id = pool.controls().key(provider, Integer.parseInt(key));
            if (id.isEmpty()) {
                return unknown();
            }
        }
        int cleared = pool.controls().clear(Optional.ofNullable(provider), Optional.ofNullable(model), id);
        LOG.infof("An operator cleared %d cooldowns and breakers", cleared);
        return Answers.ok(Answers.object().put("cleared", cleared));
    }

    private static boolean areFilters(MultivaluedMap<String, String> parameters) {
        return FILTERS.containsAll(parameters.keySet())
                && parameters.values().stream()
                        .flatMap(List::stream)
                        .noneMatch(value -> value == null || value.isBlank());
    }

    private boolean isKnown(String provider) {
        return config.get().providers().stream().anyMatch(known -> known.name().equals(provider));
    }

    private static Response unknown() {
        return Answers.error(404, "not_found", "There is no such provider or key.");
    }
}
