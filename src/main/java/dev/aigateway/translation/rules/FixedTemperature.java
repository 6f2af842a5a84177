package dev.aigateway.translation.rules;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.ModelCatalog;
import dev.aigateway.translation.ModelTraits;
import dev.aigateway.translation.splice.Splice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A temperature that operators set in the place of the clients'. Where the model takes none, or none while it thinks, the
 * client's is taken away; where it takes none beside {@code top_p}, that gives way. Pure.
 */
public final class FixedTemperature {
    private static final String TEMPERATURE = "temperature";

    private FixedTemperature() {}

    /**
     * @param dialect of the body
     * @param model the provider's id
     */
    public static byte[] in(byte[] body, Dialect dialect, String model, BigDecimal temperature) {
        ModelTraits traits = ModelCatalog.traits(model);
        List<String> path = path(body, dialect);
        if (!traits.sampling() || (dialect == Dialect.MESSAGES && isThinking(body))) {
            return EditedBody.of(body, List.of(new FieldEdit.Remove(path)));
        }
        List<FieldEdit> edits = new ArrayList<>();
        edits.add(new FieldEdit.Put(
                path, new RawJson(fitting(temperature, dialect).toPlainString())));
        if (!traits.temperatureWithTopP()) {
            edits.add(new FieldEdit.Remove(List.of("top_p")));
        }
        return EditedBody.of(body, edits);
    }

    /** Gemini takes either spelling of the group, but not both. */
    private static List<String> path(byte[] body, Dialect dialect) {
        if (dialect != Dialect.GEMINI) {
            return List.of(TEMPERATURE);
        }
        boolean snake = Splice.find(ByteSlice.of(body), "generation_config").isPresent();
        return List.of(snake ? "generation_config" : "generationConfig", TEMPERATURE);
    }

    /** Messages ends at 1, the others at 2. */
    private static BigDecimal fitting(BigDecimal temperature, Dialect dialect) {
        return dialect == Dialect.MESSAGES ? temperature.min(BigDecimal.ONE) : temperature;
    }

    private static boolean isThinking(byte[] body) {
        return Splice.find(ByteSlice.of(body), "thinking", "type")
                .filter(type -> !type.is("\"disabled\""))
                .isPresent();
    }
}
