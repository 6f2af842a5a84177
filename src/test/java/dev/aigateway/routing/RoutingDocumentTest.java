package dev.aigateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the code to the table of {@code docs/routing.md}, and the table to the rules of the code. */
class RoutingDocumentTest {
    private static final String HEADING = "ai-proxy:\n";

    private final ModelIndex index = new ModelIndex(Configurations.of(configuration()));

    /** One example; the lines below a rule that have no number belong to it. */
    record Example(int rule, String asked, String served) {}

    static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        int rule = 0;
        for (String line : document()
                .lines()
                .takeWhile(row -> !row.startsWith("```"))
                .filter(row -> row.startsWith("| "))
                .toList()) {
            String[] cells = line.split("\\|", -1);
            boolean numbered = cells[1].strip().matches("\\d+");
            if (numbered || rule > 0) {
                rule = numbered ? Integer.parseInt(cells[1].strip()) : rule;
                examples.add(new Example(rule, plain(cells[3]), plain(cells[4])));
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_ofTheTable_holds(Example example) {
        Resolution resolution = index.resolve(example.asked());
        assertThat(Served.by(resolution)).isEqualTo(example.served());
        Rule rule = Rule.values()[example.rule() - 1];
        assertThat(rules(resolution)).contains(rule);
    }

    @Test
    void table_hasEveryRule_inItsOrder() {
        assertThat(examples().stream().map(Example::rule).distinct())
                .containsExactlyElementsOf(
                        Stream.of(Rule.values()).map(rule -> rule.ordinal() + 1).toList());
    }

    /** A rule would not be needed if its example were served the same by a later one. */
    @Test
    void example_ofARule_isNotMetByAnEarlierOne() {
        for (Example example : examples()) {
            Rule first = index.resolve(example.asked()).steps().getFirst().rule();
            boolean namesNobody = example.rule() == Rule.NOBODY.ordinal() + 1;
            assertThat(first.ordinal() + 1 == example.rule() || namesNobody)
                    .as(example.toString())
                    .isTrue();
        }
    }

    private static Set<Rule> rules(Resolution resolution) {
        Set<Rule> rules = new LinkedHashSet<>();
        resolution.steps().forEach(step -> rules.add(step.rule()));
        rules.add(resolution.rule());
        return rules;
    }

    private static String plain(String cell) {
        return cell.replace("`", "").replace(", then", " then").strip();
    }

    private static String configuration() {
        String document = document();
        int begin = document.indexOf(HEADING) + HEADING.length();
        return document.substring(begin, document.indexOf("```", begin)).stripIndent();
    }

    private static String document() {
        try {
            return Files.readString(Path.of("docs/routing.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
