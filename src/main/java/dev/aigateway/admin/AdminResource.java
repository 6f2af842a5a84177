package dev.aigateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.config.ConfigReloader;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.config.ReloadResult;
import dev.aigateway.routing.ProviderPool;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in force, and what would become of a request. */
@Path("/")
@RunOnVirtualThread
public class AdminResource {
    private final CurrentConfig config;
    private final ConfigReloader reloader;
    private final ProviderPool pool;

    public AdminResource(CurrentConfig config, ConfigReloader reloader, ProviderPool pool) {
        this.config = config;
        this.reloader = reloader;
        this.pool = pool;
    }

    @GET
    @Path("admin/config")
    public Response config() {
        ObjectNode page = new ConfigPage(config.get()).write();
        ConfigReloader.Status status = reloader.status();
        page.putObject("configuration").put("reloads", status.reloads()).put("stale", status.stale());
        return Answers.ok(page);
    }

    @GET
    @Path("admin/models")
    public Response models() {
        ObjectNode page = Answers.object();
        ArrayNode models = page.putArray("models");
        pool.modelsByProvider()
                .forEach(model -> models.addObject()
                        .put("id", model.name())
                        .put("provider", model.provider().name())
                        .put("owned_by", model.provider().type().label())
                        .put("upstream_id", model.upstreamId()));
        return Answers.ok(page);
    }

    @GET
    @Path("admin/providers")
    public Response providers() {
        ObjectNode page = Answers.object();
        ArrayNode providers = page.putArray("providers");
        pool.standings().forEach(standing -> {
            ObjectNode node = Answers.object().put("name", standing.name());
            providers.add(node.setAll(StatsResource.provider(standing)));
        });
        return Answers.ok(page);
    }

    /** A dry run: nobody is asked, and nobody loses a turn. */
    @GET
    @Path("admin/route")
    public Response route(@QueryParam("model") @Nullable String model) {
        return model == null || model.isEmpty()
                ? Answers.error(400, "invalid_request_error", "Which model? Ask for /admin/route?model=NAME")
                : Answers.ok(RoutePage.write(pool.explain(model)));
    }

    @POST
    @Path("admin/reload")
    public Response reload() {
        ObjectNode page = Answers.object();
        ReloadResult result = reloader.reload();
        texts(page, "restart_needed", result.restartNeeded());
        return switch (result) {
            case ReloadResult.Applied applied -> {
                texts(page, "changes", applied.changes());
                yield Answers.ok(page.put("result", "applied"));
            }
            case ReloadResult.Unchanged unchanged -> Answers.ok(page.put("result", "unchanged"));
            case ReloadResult.Refused refused -> {
                texts(
                        page,
                        "problems",
                        refused.problems().stream()
                                .map(problem -> problem.toString())
                                .toList());
                yield Answers.of(422, page.put("result", "refused"));
            }
        };
    }

    private static void texts(ObjectNode page, String name, List<String> texts) {
        ArrayNode list = page.putArray(name);
        texts.forEach(list::add);
    }
}
