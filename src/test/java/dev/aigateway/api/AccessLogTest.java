package dev.aigateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.CurrentConfig;
import dev.aigateway.translation.Dialects;
import io.quarkus.vertx.http.runtime.filters.Filters;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private final CurrentConfig config = new CurrentConfig(Configurations.of("providers: []"));
    private final ErrorResponse errors = new ErrorResponse(new Dialects(List.of(), List.of()));

    /** The order of filters of one priority is nobody's promise. */
    @Test
    void log_standsBeforeAllWhoRefuse() {
        Filters log = new Filters();
        new AccessLog(config).register(log);
        Filters refusing = new Filters();
        new CrossOrigin(config, errors).register(refusing);
        new AccessFilter(config, errors).register(refusing);
        assertThat(refusing.getFilters())
                .hasSize(2)
                .allMatch(filter ->
                        filter.getPriority() < log.getFilters().getFirst().getPriority());
    }
}
