package dev.aigateway.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Switches off what wraps every reactive callback to carry thread contexts along. The gateway keeps nothing in such
 * contexts, and the wrapping cost a tenth of the processor time of a request.
 */
@Singleton
public class ContextPropagation {
    void switchOff(@Observes StartupEvent start) {
        Infrastructure.clearInterceptors();
    }
}
