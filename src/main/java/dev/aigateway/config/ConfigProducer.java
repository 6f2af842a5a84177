package dev.aigateway.config;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives the application its configuration, and the means to read it again. */
@Singleton
class ConfigProducer {
    @Produces
    @Singleton
    ConfigReloader reloader() {
        Sources sources = Sources.ofProcess(
                GatewayConfigSource.propertiesOf(ConfigProvider.getConfig().getConfigSources()));
        return ConfigReloader.start(sources);
    }

    @Produces
    @Singleton
    @Startup
    CurrentConfig config(ConfigReloader reloader) {
        return reloader.current();
    }
}
