package dev.aigateway.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables {@code AI_PROXY_*} of one source, found by the normal form of a key: upper case, each run of other
 * characters one underscore. An empty variable counts as not set. Variables that Kubernetes sets for a service that is
 * called {@code ai-proxy} are not meant for this program and are left out. Remembers what was asked for, so that what
 * nobody asked for can be reported; used by one thread.
 */
final class Environment {
    static final String PREFIX = "AI_PROXY";

    private static final Pattern OTHER_CHARACTERS = Pattern.compile("[^A-Z0-9]+");
    private static final Pattern KUBERNETES_NAME =
            Pattern.compile(PREFIX + "_(SERVICE_(HOST|PORT(_.*)?)|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");
    private static final Pattern KUBERNETES_PORT = Pattern.compile("(tcp|udp|sctp)://.*");

    private final String label;
    private final SortedMap<String, Variable> variables = new TreeMap<>();
    private final Set<String> asked = new HashSet<>();

    /** @param label what the source is called in messages, before the variable's name */
    Environment(String label, Map<String, String> variables) {
        this.label = label;
        variables.forEach(this::add);
    }

    /** One variable of another name, where it is set to something. */
    Environment alias(String ours, String name, String value) {
        if (!value.isEmpty()) {
            variables.put(normalForm(ours), new Variable(name, value));
        }
        return this;
    }

    static String normalForm(String key) {
        return OTHER_CHARACTERS
                .matcher(key.toUpperCase(Locale.ROOT))
                .replaceAll("_")
                .replaceAll("_$", "");
    }

    String where(String name) {
        return label + " " + name;
    }

    Optional<Node> text(String normalForm) {
        asked.add(normalForm);
        return Optional.ofNullable(variables.get(normalForm))
                .map(variable -> new Node.Text(variable.value, true, where(variable.name)));
    }

    /** The entries of a list that are set one by one, as in {@code AI_PROXY_PROVIDERS_0_NAME}. */
    SortedMap<Integer, Node.Variables> items(String normalForm) {
        SortedMap<Integer, Node.Variables> items = new TreeMap<>();
        Pattern item = Pattern.compile(Pattern.quote(normalForm) + "_(\\d{1,4})(_.*)?");
        for (String name : variables.keySet()) {
            Matcher matcher = item.matcher(name);
            if (matcher.matches()) {
                String index = matcher.group(1);
                items.put(Integer.valueOf(index), new Node.Variables(this, normalForm + "_" + index));
            }
        }
        return items;
    }

    boolean hasAnyBelow(String normalForm) {
        return variables.keySet().stream().anyMatch(name -> name.startsWith(normalForm + "_"));
    }

    /** A source of higher rank says the whole of this, so that nobody will ask for the parts. */
    void passOver(String normalForm) {
        variables.keySet().stream()
                .filter(name -> name.equals(normalForm) || name.startsWith(normalForm + "_"))
                .forEach(asked::add);
    }

    /** Reports every variable that stands for no key. */
    void reportUnknown(Findings findings) {
        List<String> known =
                asked.stream().map(Environment::withoutPrefix).sorted().toList();
        variables.forEach((normalForm, variable) -> {
            if (!asked.contains(normalForm)) {
                String hint = Suggestion.nearest(withoutPrefix(normalForm), known)
                        .map(near -> Suggestion.question(PREFIX + "_" + near))
                        .orElse("");
                findings.problem(where(variable.name), "", "is not a known setting" + hint);
            }
        });
    }

    private static String withoutPrefix(String normalForm) {
        return normalForm.substring(PREFIX.length() + 1);
    }

    private void add(String name, String value) {
        String normalForm = normalForm(name);
        boolean foreign = KUBERNETES_NAME.matcher(name).matches()
                || (name.equals(PREFIX + "_PORT")
                        && KUBERNETES_PORT.matcher(value).matches());
        if (normalForm.startsWith(PREFIX + "_") && !value.isEmpty() && !foreign) {
            variables.put(normalForm, new Variable(name, value));
        }
    }

    private record Variable(String name, String value) {}
}
