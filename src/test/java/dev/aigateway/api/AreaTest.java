package dev.aigateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaTest {
    @ParameterizedTest
    @CsvSource({
        "/,OPEN",
        "/health,OPEN",
        "/healthz,OPEN",
        "/q/health,OPEN",
        "/q/health/ready,OPEN",
        "/q/healthXYZ,MODELS",
        "/health/x,MODELS",
        "/healthz;x,MODELS",
        "/admin,OPERATORS",
        "/admin/,OPERATORS",
        "/admin/config,OPERATORS",
        "/admin;a=b/config,OPERATORS",
        "//admin/config,OPERATORS",
        "/stats,OPERATORS",
        "/stats/,OPERATORS",
        "/stats;x,OPERATORS",
        "/unavailable-models,OPERATORS",
        "/reset-model,OPERATORS",
        "/administrator,MODELS",
        "/statsx,MODELS",
        "/metrics,METRICS",
        "/q/metrics,METRICS",
        "/q/metrics/,METRICS",
        "/q/info,MODELS",
        "/v1/models,MODELS",
        "/v1/admin,MODELS",
        "/no/such/path,MODELS"
    })
    void path_belongsToAnArea(String path, Area area) {
        assertThat(Area.of(path)).isEqualTo(area);
    }
}
