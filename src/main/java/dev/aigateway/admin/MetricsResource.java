package dev.aigateway.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.observe.Totals;
import dev.aigateway.routing.ProviderPool;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Totals since the start in one JSON object (behaviour reference, 2.10 and R-22). */
@Path("/")
@RunOnVirtualThread
public class MetricsResource {
    private final Totals totals;
    private final ProviderPool pool;

    public MetricsResource(Totals totals, ProviderPool pool) {
        this.totals = totals;
        this.pool = pool;
    }

    @GET
    @Path("metrics")
    public Response metrics() {
        Totals.Counts counts = totals.counts();
        ObjectNode body = Answers.object()
                .put("total_requests", counts.requests())
                .put("total_errors", counts.errors())
                .put("total_attempts", pool.attempts())
                .put("total_input_tokens", counts.inputTokens())
                .put("total_output_tokens", counts.outputTokens());
        put(body, "latency_ms", counts.latencyMillis());
        put(body, "by_outcome", counts.outcomes());
        put(body, "by_model", counts.models());
        put(body, "by_provider", counts.providers());
        return Answers.ok(body);
    }

    @GET
    @Path("admin/metrics")
    public Response adminMetrics() {
        return metrics();
    }

    private static void put(ObjectNode body, String name, Map<String, Long> counts) {
        ObjectNode node = body.putObject(name);
        counts.forEach(node::put);
    }
}
