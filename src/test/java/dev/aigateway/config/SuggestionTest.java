package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "port,port,0",
        "prot,port,1",
        "por,port,1",
        "ports,port,1",
        "sort,port,1",
        "abc,'',3",
        "kitten,sitting,3"
    })
    void distance_countsTheEdits(String from, String to, int expected) {
        assertThat(Suggestion.distance(from, to)).isEqualTo(expected);
        assertThat(Suggestion.distance(to, from)).isEqualTo(expected);
    }
}
