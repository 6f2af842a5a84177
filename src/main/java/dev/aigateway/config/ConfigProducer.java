package dev.aigateway.config;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives the application its configuration, read once at start. */
@Singleton
class ConfigProducer {
    @Produces
    @Singleton
    @Startup
    CurrentConfig config() {
        Sources sources = Sources.ofProcess(
                GatewayConfigSource.propertiesOf(ConfigProvider.getConfig().getConfigSources()));
        return new CurrentConfig(ConfigLoader.load(sources).config());
    }
}
