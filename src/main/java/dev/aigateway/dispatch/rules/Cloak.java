package dev.aigateway.dispatch.rules;

import dev.aigateway.config.CloakConfig;
import dev.aigateway.config.CloakConfig.Preset;
import dev.aigateway.config.Secret;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.rules.ClaudeCodePrompt;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a Messages request look as if another program had sent it, when the operator wants that (behaviour reference,
 * sections 10.1 and 10.3). Immutable; for one candidate of one request.
 */
final class Cloak {
    private static final String USER_AGENT = "user-agent";
    private static final String BETA = "anthropic-beta";
    private static final Pattern GENUINE = Pattern.compile("claude-cli/\\d+\\.\\d+\\.\\d+ \\(external, cli\\)");

    private final CloakConfig config;
    private final RuleBook book;
    private final Optional<String> userAgent;
    private final ProcessIdentity identity;
    private final Candidate candidate;

    Cloak(
            CloakConfig config,
            RuleBook book,
            Optional<String> userAgent,
            ProcessIdentity identity,
            Candidate candidate) {
        this.config = config;
        this.book = book;
        this.userAgent = userAgent;
        this.identity = identity;
        this.candidate = candidate;
    }

    /** Whether this client's requests are changed. */
    boolean isOn() {
        return switch (config.mode()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case AUTO -> !isTheProgramItself();
        };
    }

    /** Words first, so that the prompt is what it is. */
    byte[] body(byte[] body) {
        if (!isOn()) {
            return body;
        }
        byte[] split = config.sensitiveWords().isEmpty()
                ? body
                : book.words(config.sensitiveWords()).split(body);
        if (config.preset() != Preset.CLAUDE_CODE) {
            return split;
        }
        String user = config.cacheUserId() ? identity.userOf(owner()) : identity.newUser();
        return ClaudeCodePrompt.withUserId(ClaudeCodePrompt.first(split, config.strict()), user);
    }

    /** Whose user id is to be the same each time: one key at one provider; it goes no further than into a digest. */
    private String owner() {
        return candidate.provider().name() + "\n"
                + candidate.key().map(Secret::reveal).orElse("");
    }

    /** @param forwarded of the client; its wishes for betas count beside those of the preset */
    Map<String, String> headers(Map<String, String> forwarded) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (isOn()) {
            headers.putAll(PresetHeaders.of(config.preset(), identity.session()));
            config.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            Optional.ofNullable(forwarded.get(BETA)).ifPresent(own -> headers.merge(BETA, own, Cloak::united));
            userAgent
                    .filter(agent -> GENUINE.matcher(agent).matches())
                    .ifPresent(agent -> headers.put(USER_AGENT, agent));
        } else if (config.mode() == CloakConfig.Mode.AUTO) {
            // The program itself goes as it came.
            userAgent.ifPresent(agent -> headers.put(USER_AGENT, agent));
        }
        return headers;
    }

    private boolean isTheProgramItself() {
        return userAgent
                .filter(agent -> agent.startsWith("claude-cli") || agent.startsWith("claude-code"))
                .isPresent();
    }

    private static String united(String first, String second) {
        Set<String> all = new LinkedHashSet<>();
        for (String value : (first + "," + second).split(",", -1)) {
            if (!value.isBlank()) {
                all.add(value.trim());
            }
        }
        return String.join(",", all);
    }
}
