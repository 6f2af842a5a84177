package dev.aigateway.translation.repair;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.translation.repair.Repair.BypassSignatures;
import dev.aigateway.translation.repair.Repair.CleanSchemas;
import dev.aigateway.translation.repair.Repair.DropEncryptedReasoning;
import dev.aigateway.translation.repair.Repair.DropThinking;
import dev.aigateway.translation.repair.Repair.SystemAsUser;
import dev.aigateway.translation.repair.Repair.ThinkingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells from an upstream's refusal what to repair. Only words that providers are known to use are recognised; any other
 * refusal is the client's to read. Stateless (translation reference, sections 9.5 and 15.6).
 */
public final class Recognition {
    private static final String QUOTE = "[`'\"]?";

    /** What providers say, in the order in which it is looked for. */
    private static final List<Rule> RULES = List.of(
            rule(
                    "encrypted content .{0,400}could not be (verified|decrypted)",
                    new DropEncryptedReasoning(),
                    Dialect.RESPONSES),
            rule("encrypted content organization_id did not match", new DropEncryptedReasoning(), Dialect.RESPONSES),
            rule(
                    "invalid QUOTE(signature|data)QUOTE in QUOTE(redacted_)?thinkingQUOTE block",
                    new DropThinking(),
                    Dialect.MESSAGES,
                    Dialect.CHAT),
            rule(
                    "thinkingQUOTE blocks?\\b.{0,60}\\b(cannot|must not) be modified",
                    new DropThinking(),
                    Dialect.MESSAGES,
                    Dialect.CHAT),
            rule(
                    "expected QUOTEthinkingQUOTE( or QUOTEredacted_thinkingQUOTE)?,? but found",
                    new DropThinking(),
                    Dialect.MESSAGES,
                    Dialect.CHAT),
            rule(
                    "\\.thinking\\.(signature|thinking): (field required|input should be)",
                    new DropThinking(),
                    Dialect.MESSAGES),
            rule("each QUOTEthinkingQUOTE block must contain QUOTEthinking", new DropThinking(), Dialect.MESSAGES),
            rule(
                    "(missing an?|corrupted|invalid) QUOTEthought[_ ]?signature",
                    new BypassSignatures(),
                    Dialect.GEMINI,
                    Dialect.CHAT),
            rule(
                    "thought[_ ]?signatureQUOTE is (not valid|invalid|missing|corrupted)",
                    new BypassSignatures(),
                    Dialect.GEMINI,
                    Dialect.CHAT),
            rule(
                    "thinking\\.type\\.enabledQUOTE is (not|no longer) supported",
                    new ThinkingMode(true),
                    Dialect.MESSAGES),
            rule(
                    "thinking(\\.type)?: input tag 'enabled' found using 'type' does not match",
                    new ThinkingMode(true),
                    Dialect.MESSAGES),
            rule("thinking\\.type\\.adaptiveQUOTE is not supported", new ThinkingMode(false), Dialect.MESSAGES),
            rule("adaptive thinking is not (supported|available)", new ThinkingMode(false), Dialect.MESSAGES),
            rule(
                    "thinking(\\.type)?: input tag 'adaptive' found using 'type' does not match",
                    new ThinkingMode(false),
                    Dialect.MESSAGES),
            rule(
                    "function_?declarations\\[\\d+\\]\\.parameters(_?json_?schema)?\\b",
                    new CleanSchemas(),
                    Dialect.GEMINI),
            rule("unknown name \"(parameters|response)_?json_?schema\"", new CleanSchemas(), Dialect.GEMINI),
            rule("generation_?config\\.response_?(json_?)?schema\\b", new CleanSchemas(), Dialect.GEMINI),
            rule(
                    "functionDeclaration .{0,200}schema didn't specify the schema type",
                    new CleanSchemas(),
                    Dialect.GEMINI),
            rule(
                    "system (role|messages?)( is| are)? not (supported|allowed)",
                    new SystemAsUser(),
                    Dialect.CHAT,
                    Dialect.RESPONSES),
            rule("does not support 'system' with this model", new SystemAsUser(), Dialect.CHAT, Dialect.RESPONSES),
            rule("unexpected role \"system\"", new SystemAsUser(), Dialect.MESSAGES),
            rule(
                    "(developer|system) instruction is not (enabled|supported)",
                    new SystemAsUser(),
                    Dialect.GEMINI,
                    Dialect.CHAT));

    private Recognition() {}

    /**
     * The repair for a refusal, if there is one.
     *
     * @param upstream the dialect in which the request was refused
     */
    public static Optional<Repair> of(Dialect upstream, GatewayError error) {
        if (!isAboutTheRequest(error)) {
            return Optional.empty();
        }
        if (upstream == Dialect.RESPONSES && error.code().equals(Optional.of("invalid_encrypted_content"))) {
            return Optional.of(new DropEncryptedReasoning());
        }
        return RULES.stream()
                .filter(rule -> rule.matches(upstream, error.message()))
                .map(Rule::repair)
                .findFirst()
                .or(() -> ThinkingComplaints.read(upstream, error))
                .or(() -> ParameterComplaints.read(upstream, error));
    }

    private static boolean isAboutTheRequest(GatewayError error) {
        return switch (error.kind()) {
            case BAD_REQUEST, UNPROCESSABLE -> error.status() == 400 || error.status() == 422;
            default -> false;
        };
    }

    private static Rule rule(String words, Repair repair, Dialect first, Dialect... others) {
        String pattern = words.replace("QUOTE", QUOTE);
        return new Rule(
                EnumSet.of(first, others), Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), repair);
    }

    private record Rule(Set<Dialect> dialects, Pattern words, Repair repair) {
        boolean matches(Dialect upstream, String message) {
            return dialects.contains(upstream) && words.matcher(message).find();
        }
    }
}
