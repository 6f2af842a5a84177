package dev.aigateway.translation.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Effort;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Removes, renames and changes single members of a request, told by their path. Each says whether it changed anything. */
final class Parameters {
    private Parameters() {}

    static boolean remove(List<String> paths, ObjectNode body) {
        boolean changed = false;
        for (String path : paths) {
            changed |= remove(path, body);
        }
        return changed;
    }

    /** An object that is left empty goes too: it would ask for what the parameter's absence should not. */
    private static boolean remove(String path, ObjectNode object) {
        int dot = path.indexOf('.');
        Optional<String> name = Spelling.of(dot < 0 ? path : path.substring(0, dot), object);
        if (name.isEmpty()) {
            return false;
        }
        if (dot < 0) {
            object.remove(name.get());
            return true;
        }
        if (!(object.get(name.get()) instanceof ObjectNode inner) || !remove(path.substring(dot + 1), inner)) {
            return false;
        }
        if (inner.isEmpty()) {
            object.remove(name.get());
        }
        return true;
    }

    /** The new name keeps a value that it has already. */
    static boolean rename(String from, String to, ObjectNode body) {
        if (!body.has(from)) {
            return false;
        }
        JsonNode value = body.remove(from);
        if (!body.has(to)) {
            body.set(to, value);
        }
        return true;
    }

    static boolean nearestEffort(String path, List<Effort> accepted, ObjectNode body) {
        return holder(path, body)
                .map(holder -> stepEffort(last(path), accepted, holder))
                .orElse(false);
    }

    private static boolean stepEffort(String camel, List<Effort> accepted, ObjectNode holder) {
        String name = Spelling.of(camel, holder).orElse(camel);
        String given = holder.path(name).asText();
        Optional<Effort> effort = Effort.of(given.toLowerCase(Locale.ROOT)).filter(word -> !accepted.contains(word));
        if (effort.isEmpty()) {
            return false;
        }
        String nearest = nearest(effort.get(), accepted).wireName();
        boolean capital = Character.isUpperCase(given.charAt(0));
        holder.put(name, capital ? nearest.toUpperCase(Locale.ROOT) : nearest);
        return true;
    }

    /** Of two equally near the greater: a model with two levels is asked for the high one when it should do its average. */
    private static Effort nearest(Effort wanted, List<Effort> accepted) {
        return accepted.stream()
                .min(Comparator.<Effort>comparingInt(effort -> Math.abs(effort.compareTo(wanted)))
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(wanted);
    }

    /** Below zero stands the model's own choice, which is left to it. */
    static boolean clamp(String path, int least, int most, ObjectNode body) {
        Optional<ObjectNode> holder = holder(path, body);
        String name = holder.flatMap(object -> Spelling.of(last(path), object)).orElse("");
        int given = holder.map(object -> object.path(name).asInt(-1)).orElse(-1);
        int fitting = most < least ? given : Math.clamp(given, least, most);
        if (given < 0 || fitting == given) {
            return false;
        }
        holder.get().put(name, fitting);
        return true;
    }

    /** The object that holds the last member of a path. */
    private static Optional<ObjectNode> holder(String path, ObjectNode body) {
        ObjectNode object = body;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode inner = object.path(Spelling.of(names[i], object).orElse(names[i]));
            if (!(inner instanceof ObjectNode next)) {
                return Optional.empty();
            }
            object = next;
        }
        return Optional.of(object);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
