package dev.aigateway.config;

import java.nio.file.Path;
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
    private final ProxyUrl proxies;
    private final ConfigFile file;

    ConfigLoader(Sources sources) {
        Map<String, String> dotEnv = DotEnv.read(sources.directory());
        this.environments = List.of(
                new Environment("system property", flags(sources.properties())),
                new Environment("environment variable", sources.environment()),
                new Environment(DotEnv.FILE_NAME, dotEnv));
        this.foreign = new ForeignVariables(sources.environment());
        this.proxies = new ProxyUrl(List.of(sources.environment(), dotEnv));
        this.file = new ConfigFile(
                sources.directory(),
                new Expressions(List.of(sources.properties(), sources.environment(), dotEnv)),
                findings);
    }

    /** @throws ConfigException with everything that is wrong */
    public static LoadedConfig load(Sources sources) {
        return new ConfigLoader(sources).load(Optional.empty()).result();
    }

    /** A configuration and the single values that it was made of. */
    record Loaded(LoadedConfig result, Settings settings) {}

    /** The files that a loading reads before it knows of others, whether they are there or not. */
    static List<Path> files(Sources sources) {
        ConfigLoader loader = new ConfigLoader(sources);
        Path dotEnv = sources.directory().resolve(DotEnv.FILE_NAME);
        return loader.file
                .path(loader.named())
                .map(path -> List.of(path, dotEnv))
                .orElse(List.of(dotEnv));
    }

    /** What Quarkus must know before anything is checked; whatever is wrong is left out. */
    static FrameworkSettings frameworkSettings(Sources sources) {
        ConfigLoader loader = new ConfigLoader(sources);
        ConfigFile.Content content = loader.readFile().orElse(ConfigFile.Content.NONE);
        Section root = loader.root(content.gateway());
        return new FrameworkSettings(
                GatewayBinding.host(root).map(Section.Found::value).orElse(GatewayConfig.DEFAULT_HOST),
                GatewayBinding.port(root).orElse(GatewayConfig.DEFAULT_PORT),
                ServerBinding.bind(root, Optional.empty()),
                root.has("tls"),
                content.framework());
    }

    /** What is wrong with the text of a file alone, whatever flags and variables would say. */
    static Findings check(String yaml, Sources sources) {
        ConfigLoader loader = new ConfigLoader(sources);
        loader.file
                .yaml(Path.of(ConfigFile.DEFAULT_NAME), ConfigFile.DEFAULT_NAME, yaml)
                .ifPresent(content -> {
                    Section root = new Section("", List.of(content.gateway()), loader.findings);
                    new GatewayBinding(root, loader.proxies, Optional.empty()).bind();
                    root.reportUnknown();
                });
        return loader.findings;
    }

    /**
     * With everything that was read.
     *
     * @param running what a reload finds in force
     * @throws ConfigException with everything that is wrong
     */
    Loaded load(Optional<LoadedConfig> running) {
        // Without the file every other finding would mislead.
        ConfigFile.Content content = readFile().orElseThrow(findings::toException);
        running.filter(now -> isEmptied(now, content))
                .flatMap(LoadedConfig::file)
                .ifPresent(this::emptied);
        Section root = root(content.gateway());
        GatewayConfig config = new GatewayBinding(root, proxies, running.map(LoadedConfig::config)).bind();
        root.reportUnknown();
        environments.forEach(environment -> environment.reportUnknown(findings));
        findings.throwIfAny();
        findings.settings().putAll(FrameworkSettings.flat(content.framework()));
        return new Loaded(new LoadedConfig(config, findings.warnings(), content.path()), findings.settings());
    }

    /** The files that keys were looked for in, also when the loading failed. */
    Fingerprints keyFiles() {
        return findings.keyFiles();
    }

    private Optional<ConfigFile.Content> readFile() {
        return file.read(named());
    }

    private Optional<Section.Found<String>> named() {
        return root(new Node.Nothing("")).found("config", Values::text);
    }

    /** The demo provider would take over, for everybody. */
    private static boolean isEmptied(LoadedConfig running, ConfigFile.Content content) {
        boolean serves = !running.config().isDemo() || !running.config().isOpen();
        return serves && content.gateway() instanceof Node.Nothing;
    }

    private void emptied(Path path) {
        findings.problem(path.toString(), "", "is gone or holds no settings any more");
        throw findings.toException();
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
