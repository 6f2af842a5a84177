package dev.aigateway.translation.repair;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.TranslationNotes.Fidelity;
import dev.aigateway.translation.splice.Splice;
import java.util.List;

/**
 * Applies repairs to the body of a request. Pure: equal bodies give equal bodies, and what a repair does not concern is
 * not touched. Any JSON is accepted, since on the express lane the body is the client's own.
 */
public final class RepairedBody {
    private RepairedBody() {}

    /**
     * The body after all repairs; the same array when none concerns it.
     *
     * @param upstream the dialect of the body
     * @param client the dialect whose words the notes use
     */
    public static byte[] of(
            Dialect upstream, Dialect client, byte[] body, List<Repair> repairs, TranslationNotes notes) {
        List<Repair> due =
                repairs.stream().filter(repair -> mayConcern(repair, body)).toList();
        if (due.isEmpty() || !(Json.parse(body).orElse(null) instanceof ObjectNode tree)) {
            return body;
        }
        boolean changed = false;
        for (Repair repair : due) {
            if (apply(repair, upstream, tree)) {
                note(repair, RepairedField.of(repair, upstream, client), notes);
                changed = true;
            }
        }
        return changed ? Json.bytes(tree) : body;
    }

    /** Spares most bodies the parsing when a repair was learned. */
    private static boolean mayConcern(Repair repair, byte[] body) {
        return switch (repair) {
            case Repair.Rename(var from, var to) -> has(body, from);
            case Repair.ThinkingMode ignored -> has(body, "thinking");
            case Repair.Remove(var paths, var lasting) ->
                paths.stream().anyMatch(path -> has(body, path.split("\\.", -1)[0]));
            case Repair.NearestEffort(var path, var accepted) -> has(body, path.split("\\.", -1)[0]);
            case Repair.FittingBudget(var path, var least, var most) -> has(body, path.split("\\.", -1)[0]);
            case Repair.DropThinking ignored -> true;
            case Repair.BypassSignatures ignored -> true;
            case Repair.DropEncryptedReasoning ignored -> true;
            case Repair.CleanSchemas ignored -> true;
            case Repair.SystemAsUser ignored -> true;
        };
    }

    private static boolean has(byte[] body, String member) {
        ByteSlice document = ByteSlice.of(body);
        return Splice.find(document, member).isPresent()
                || Splice.find(document, Spelling.snake(member)).isPresent();
    }

    /** Whether there was anything to repair. */
    private static boolean apply(Repair repair, Dialect upstream, ObjectNode body) {
        return switch (repair) {
            case Repair.DropThinking ignored -> ThinkingHistory.drop(upstream, body);
            case Repair.BypassSignatures ignored -> SignatureBypass.apply(upstream, body);
            case Repair.DropEncryptedReasoning ignored -> ThinkingHistory.drop(upstream, body);
            case Repair.Remove(var paths, var lasting) -> Parameters.remove(paths, body);
            case Repair.Rename(var from, var to) -> Parameters.rename(from, to, body);
            case Repair.NearestEffort(var path, var accepted) -> Parameters.nearestEffort(path, accepted, body);
            case Repair.FittingBudget(var path, var least, var most) -> Parameters.clamp(path, least, most, body);
            case Repair.ThinkingMode(var adaptive) ->
                adaptive ? ThinkingModes.toAdaptive(body) : ThinkingModes.toBudget(body);
            case Repair.CleanSchemas ignored -> Schemas.clean(body);
            case Repair.SystemAsUser ignored -> SystemTexts.toUser(upstream, body);
        };
    }

    private static void note(Repair repair, String field, TranslationNotes notes) {
        if (repair.fidelity() == Fidelity.DROPPED) {
            notes.dropped(field);
        } else {
            notes.approximated(field);
        }
    }
}
