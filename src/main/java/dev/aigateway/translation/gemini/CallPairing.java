package dev.aigateway.translation.gemini;

import dev.aigateway.translation.tools.CallIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the call that a function response answers: by id, else the oldest open one of that name, else the oldest open
 * one, always within the last model turn (translation reference, section 10.3). Confined to one request.
 */
final class CallPairing {
    private final List<Call> open = new ArrayList<>();
    private int turn;
    private int ordinal;

    private record Call(String id, String name) {}

    /** A model turn begins. Calls that got no response stay unanswered. */
    void nextTurn() {
        open.clear();
        turn++;
        ordinal = 0;
    }

    /** The id of a call, invented from its place where the client gave none. */
    String call(Optional<String> given, String name, String arguments) {
        String seed = turn + "\n" + ordinal++ + "\n" + name + "\n" + arguments;
        String id = given.filter(text -> !text.isEmpty()).orElseGet(() -> CallIds.invented(seed));
        open.add(new Call(id, name));
        return id;
    }

    /** The id of the call that a response belongs to. */
    String response(Optional<String> given, String name) {
        Optional<Call> call = first(
                        candidate -> given.filter(candidate.id::equals).isPresent())
                .or(() -> first(candidate -> candidate.name.equals(name)))
                .or(() -> first(candidate -> true));
        call.ifPresent(open::remove);
        return call.map(Call::id)
                .or(() -> given.filter(text -> !text.isEmpty()))
                .orElseGet(() -> CallIds.invented(turn + "\nresponse\n" + ordinal++ + "\n" + name));
    }

    private Optional<Call> first(Predicate<Call> condition) {
        return open.stream().filter(condition).findFirst();
    }
}
