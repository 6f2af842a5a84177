package dev.aigateway.translation.repair;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.Field;
import java.util.Arrays;

/** What the client calls the field that a repair changes. Pure function. */
final class RepairedField {
    private RepairedField() {}

    static String of(Repair repair, Dialect upstream, Dialect client) {
        return switch (repair) {
            case Repair.DropThinking ignored -> Field.THINKING.in(client);
            case Repair.BypassSignatures ignored -> Field.THINKING.in(client);
            case Repair.DropEncryptedReasoning ignored -> Field.THINKING.in(client);
            case Repair.Remove(var paths, var lasting) -> name(paths.getFirst(), upstream, client);
            case Repair.Rename(var from, var to) -> upstream == client ? from : Field.MAX_TOKENS.in(client);
            case Repair.NearestEffort(var path, var accepted) -> name(path, upstream, client);
            case Repair.FittingBudget(var path, var least, var most) -> name(path, upstream, client);
            case Repair.ThinkingMode ignored -> Field.REASONING.in(client);
            case Repair.CleanSchemas ignored -> Field.TOOLS.in(client) + ".schema";
            case Repair.SystemAsUser ignored -> Field.SYSTEM.in(client);
        };
    }

    /** On the express lane the upstream's name is the client's. */
    private static String name(String path, Dialect upstream, Dialect client) {
        if (upstream == client) {
            return path;
        }
        boolean thinks = path.contains("effort") || path.startsWith("reasoning") || path.contains("thinking");
        return thinks
                ? Field.REASONING.in(client)
                : Arrays.stream(Field.values())
                        .filter(field -> field.in(upstream).equals(path))
                        .map(field -> field.in(client))
                        .findFirst()
                        .orElse(path);
    }
}
