package dev.aigateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.routing.BreakerView;
import dev.aigateway.routing.KeyStanding;
import dev.aigateway.routing.ProviderPool;
import dev.aigateway.routing.ProviderStanding;
import dev.aigateway.routing.Sparing;
import dev.aigateway.routing.Tally;
import dev.aigateway.routing.Timing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** How providers and keys fare (behaviour reference, 1.5 and X-26). A key is its place and its name, never its text. */
@Path("/")
@RunOnVirtualThread
public class StatsResource {
    private final ProviderPool pool;

    public StatsResource(ProviderPool pool) {
        this.pool = pool;
    }

    @GET
    @Path("stats")
    public Response stats() {
        ObjectNode body = Answers.object();
        ObjectNode stats = body.putObject("stats");
        pool.standings().forEach(standing -> stats.set(standing.name(), provider(standing)));
        return Answers.ok(body);
    }

    @GET
    @Path("admin/stats")
    public Response adminStats() {
        return stats();
    }

    static ObjectNode provider(ProviderStanding standing) {
        ObjectNode node = tally(standing.tally()).put("healthy", standing.isHealthy());
        if (!standing.isHealthy()) {
            node.put("reason", standing.reason());
        }
        node.put("type", standing.type())
                .put("disabled", standing.disabled())
                .put("switched_off", standing.switchedOff())
                .put("running", standing.running())
                .put("waiting", standing.waiting())
                .put("breaker_openings", standing.tally().breakerOpenings());
        node.set("time_to_first_byte_ms", timing(standing.firstByte()));
        node.set("duration_ms", timing(standing.duration()));
        node.set("breaker", breaker(standing.breakers().getFirst()));
        ArrayNode models = node.putArray("model_breakers");
        standing.breakers().stream().skip(1).map(StatsResource::breaker).forEach(models::add);
        ArrayNode keys = node.putArray("keys");
        standing.keys().forEach(key -> keys.add(key(key)));
        return node;
    }

    private static ObjectNode tally(Tally tally) {
        ObjectNode node = Answers.object()
                .put("requests", tally.requests())
                .put("errors", tally.allErrors())
                .put("attempts", tally.attempts())
                .put("served", tally.served())
                .put("refused", tally.refused())
                .put("retries", tally.retries())
                .put("fail_overs", tally.failOvers());
        ObjectNode errors = node.putObject("errors_by_cause");
        tally.errors().forEach((cause, count) -> errors.put(cause.label(), count));
        ObjectNode cooldowns = node.putObject("cooldowns_by_cause");
        tally.cooldowns().forEach((cause, count) -> cooldowns.put(cause.label(), count));
        return node;
    }

    private static ObjectNode timing(Timing timing) {
        return Answers.object()
                .put("count", timing.count())
                .put("p50", timing.p50())
                .put("p90", timing.p90())
                .put("p99", timing.p99());
    }

    private static ObjectNode breaker(BreakerView breaker) {
        ObjectNode node = Answers.object();
        breaker.model().ifPresent(model -> node.put("model", model));
        node.put("state", breaker.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("failures", breaker.failures());
        if (breaker.until() > 0) {
            node.put("until", Answers.time(breaker.until()));
        }
        breaker.cause().ifPresent(cause -> node.put("cause", cause.label()));
        return node;
    }

    private static ObjectNode key(KeyStanding key) {
        ObjectNode node = Answers.object().put("index", key.index());
        key.name().ifPresent(name -> node.put("name", name));
        node.put("healthy", key.usable()).put("disabled", key.disabled()).put("switched_off", key.switchedOff());
        node.setAll(tally(key.tally()));
        ArrayNode cooldowns = node.putArray("cooldowns");
        key.cooldowns().forEach(cooldown -> cooldowns.add(sparing(cooldown)));
        return node;
    }

    static ObjectNode sparing(Sparing sparing) {
        ObjectNode node = Answers.object();
        sparing.model().ifPresent(model -> node.put("model", model));
        sparing.cause().ifPresent(cause -> node.put("cause", cause.label()));
        return node.put("until", Answers.time(sparing.until())).put("seconds_left", sparing.secondsLeft());
    }
}
