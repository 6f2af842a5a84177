package dev.aigateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds a configuration from flags, environment, {@code .env} file and YAML file, in falling rank; among the environment
 * are variables that other gateways know. One instance is one
 * loading, on one thread.
 */
public final class ConfigLoader {
    private final Findings findings = new Findings();
    private final List<Environment> environments;
    private final ForeignVariables foreign;
    private final ConfigFile file;

    private ConfigLoader(Sources sources) {
        Map<String, String> dotEnv = DotEnv.read(sources.directory());
        this.environments = List.of(
                new Environment("system property", flags(sources.properties())),
                new Environment("environment variable", sources.environment()),
                new Environment(DotEnv.FILE_NAME, dotEnv));
        this.foreign = new ForeignVariables(sources.environment());
        this.file = new ConfigFile(
                sources.directory(),
                new Expressions(List.of(sources.properties(), sources.environment(), dotEnv)),
                findings);
    }

    /** @throws ConfigException with everything that is wrong */
    public static LoadedConfig load(Sources sources) {
        return new ConfigLoader(sources).load();
    }

    /** What Quarkus must know before anything is checked; whatever is wrong is left out. */
    static FrameworkSettings frameworkSettings(Sources sources) {
        ConfigLoader loader = new ConfigLoader(sources);
        ConfigFile.Content content = loader.readFile().orElse(ConfigFile.Content.NONE);
        Section root = loader.root(content.gateway());
        return new FrameworkSettings(
                GatewayBinding.host(root).map(Section.Found::value).orElse(GatewayConfig.DEFAULT_HOST),
                GatewayBinding.port(root).orElse(GatewayConfig.DEFAULT_PORT),
                content.framework());
    }

    private LoadedConfig load() {
        // Without the file every other finding would mislead.
        ConfigFile.Content content = readFile().orElseThrow(findings::toException);
        Section root = root(content.gateway());
        GatewayConfig config = new GatewayBinding(root).bind();
        root.reportUnknown();
        environments.forEach(environment -> environment.reportUnknown(findings));
        findings.throwIfAny();
        return new LoadedConfig(config, findings.warnings(), content.path());
    }

    private Optional<ConfigFile.Content> readFile() {
        return file.read(root(new Node.Nothing("")).found("config", Values::text));
    }

    private Section root(Node fromFile) {
        List<Node> layers = new ArrayList<>();
        environments.forEach(environment -> layers.add(new Node.Variables(environment, Environment.PREFIX)));
        layers.add(1, new Node.Variables(foreign.beforeOurs(), Environment.PREFIX));
        layers.add(new Node.Variables(foreign.afterOurs(), Environment.PREFIX));
        layers.add(fromFile);
        return new Section("", layers, findings);
    }

    private static Map<String, String> flags(Map<String, String> properties) {
        Map<String, String> flags = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(Sources.PROPERTY_PREFIX)) {
                flags.put(name, value);
            }
        });
        return flags;
    }
}
