package dev.aigateway.translation.rules;

import dev.aigateway.conversation.RawJson;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes {@link FieldEdit}s in the bytes of a body, without a tree of it: one scan for all edits, and one of each object or
 * array on the way to a field. Levels that are missing are made; where something else than an object or array is in the
 * way, the edit does nothing (behaviour reference, sections 10.2 and 15.7). Pure.
 */
public final class EditedBody {
    private static final String NEW_ELEMENT = "-1";

    private EditedBody() {}

    /**
     * The body after all edits, in their order; the same array when they change nothing.
     *
     * @param body a well-formed JSON object
     */
    public static byte[] of(byte[] body, List<FieldEdit> edits) {
        if (edits.isEmpty()) {
            return body;
        }
        ByteSlice whole = ByteSlice.of(body);
        ByteSlice edited =
                object(whole, edits.stream().map(edit -> new Step(edit, 0)).toList());
        return edited == whole ? body : edited.array();
    }

    /** An edit on its way in: {@code depth} names are behind it. */
    private record Step(FieldEdit edit, int depth) {
        String name() {
            return edit.path().get(depth);
        }

        boolean isLast() {
            return depth == edit.path().size() - 1;
        }

        Step next() {
            return new Step(edit, depth + 1);
        }

        /** What an absent field becomes. */
        Optional<ByteSlice> created() {
            return switch (edit) {
                case FieldEdit.Supply(var path, var value) -> Optional.of(wrapped(path, value));
                case FieldEdit.Put(var path, var value) -> Optional.of(wrapped(path, value));
                case FieldEdit.Remove ignored -> Optional.empty();
            };
        }

        private ByteSlice wrapped(List<String> path, RawJson value) {
            String text = value.text();
            for (String name : path.subList(depth + 1, path.size()).reversed()) {
                text = name.equals(NEW_ELEMENT) ? "[" + text + "]" : "{" + quoted(name) + ":" + text + "}";
            }
            return ByteSlice.of(text.getBytes(StandardCharsets.UTF_8));
        }

        /** What a field that is there becomes. */
        Optional<ByteSlice> changed(ByteSlice value) {
            if (!isLast()) {
                return Optional.of(inside(value, next()));
            }
            return switch (edit) {
                case FieldEdit.Supply ignored -> Optional.of(value);
                case FieldEdit.Put ignored -> created();
                case FieldEdit.Remove ignored -> Optional.empty();
            };
        }
    }

    private static ByteSlice inside(ByteSlice value, Step step) {
        return switch (value.array()[value.offset()]) {
            case '{' -> object(value, List.of(step));
            case '[' -> array(value, step);
            default -> value;
        };
    }

    private static ByteSlice object(ByteSlice object, List<Step> steps) {
        Container members = Container.ofObject(object);
        Map<String, List<Step>> byName = new LinkedHashMap<>();
        steps.forEach(step ->
                byName.computeIfAbsent(step.name(), name -> new ArrayList<>()).add(step));
        byName.forEach((name, own) -> member(members, name, own));
        return members.bytes();
    }

    private static void member(Container members, String name, List<Step> steps) {
        Optional<ByteSlice> before = members.member(name);
        Optional<ByteSlice> after = before;
        for (Step step : steps) {
            after = after.isPresent() ? step.changed(after.get()) : step.created();
        }
        if (before.isPresent()) {
            boolean same = after.isPresent() && after.get() == before.get();
            if (!same) {
                members.change(name, after);
            }
        } else if (after.isPresent()) {
            members.add((quoted(name) + ":" + after.get().text()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ByteSlice array(ByteSlice array, Step step) {
        Container elements = Container.ofArray(array);
        if (step.name().equals(NEW_ELEMENT)) {
            step.created().ifPresent(element -> elements.add(element.copy()));
            return elements.bytes();
        }
        int index = index(step.name());
        if (index < elements.size()) {
            ByteSlice before = elements.element(index);
            Optional<ByteSlice> after = step.changed(before);
            boolean same = after.isPresent() && after.get() == before;
            if (!same) {
                elements.change(index, after);
            }
        }
        return elements.bytes();
    }

    private static int index(String name) {
        return name.matches("0|[1-9]\\d{0,8}") ? Integer.parseInt(name) : Integer.MAX_VALUE;
    }

    private static String quoted(String name) {
        return Json.text(Json.object().textNode(name));
    }
}
