package dev.aigateway.conversation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The canonical request. A reader of one dialect builds it, a writer of another turns it into upstream bytes.
 *
 * <p>Invariants: {@link #system()} holds the leading instructions in order; turns follow in the client's order, tool
 * results first in their user turn. Two equal conversations are written to equal bytes.
 *
 * @param source the dialect it was read from
 * @param model the model as the client named it
 * @param verbosity {@code low}, {@code medium} or {@code high}
 * @param includeUsage whether a Chat or Completions client asked for the usage chunk
 * @param extensions fields that only the source dialect knows, by name, as exact JSON
 */
public record Conversation(
        Dialect source,
        String model,
        boolean stream,
        List<Block.Text> system,
        List<Turn> turns,
        Tools tools,
        Sampling sampling,
        Reasoning reasoning,
        OutputFormat output,
        Optional<String> verbosity,
        Caller caller,
        boolean includeUsage,
        SequencedMap<String, RawJson> extensions) {

    public static Builder builder(Dialect source, String model) {
        return new Builder(source, model);
    }

    /** The same request for another model. */
    public Conversation withModel(String other) {
        return new Conversation(
                source,
                other,
                stream,
                system,
                turns,
                tools,
                sampling,
                reasoning,
                output,
                verbosity,
                caller,
                includeUsage,
                extensions);
    }

    /** The same request with streaming switched. */
    public Conversation withStream(boolean streaming) {
        return new Conversation(
                source,
                model,
                streaming,
                system,
                turns,
                tools,
                sampling,
                reasoning,
                output,
                verbosity,
                caller,
                includeUsage,
                extensions);
    }

    /** The same request with other wishes about reasoning. */
    public Conversation withReasoning(Reasoning other) {
        return new Conversation(
                source,
                model,
                stream,
                system,
                turns,
                tools,
                sampling,
                other,
                output,
                verbosity,
                caller,
                includeUsage,
                extensions);
    }

    /** The same request with another history. */
    public Conversation withTurns(List<Turn> others) {
        return new Conversation(
                source,
                model,
                stream,
                system,
                others,
                tools,
                sampling,
                reasoning,
                output,
                verbosity,
                caller,
                includeUsage,
                extensions);
    }

    /** Collects the parts of a conversation; confined to the reader that made it. */
    public static final class Builder {
        private final Dialect source;
        private final String model;
        private boolean stream;
        private final List<Block.Text> system = new ArrayList<>();
        private final List<Turn> turns = new ArrayList<>();
        private Tools tools = Tools.NONE;
        private Sampling sampling = Sampling.DEFAULT;
        private Reasoning reasoning = Reasoning.UNSET;
        private OutputFormat output = new OutputFormat.Text();
        private Optional<String> verbosity = Optional.empty();
        private Caller caller = Caller.UNKNOWN;
        private boolean includeUsage;
        private final SequencedMap<String, RawJson> extensions = new LinkedHashMap<>();

        private Builder(Dialect source, String model) {
            this.source = source;
            this.model = model;
        }

        public Builder stream(boolean value) {
            stream = value;
            return this;
        }

        public Builder system(List<Block.Text> texts) {
            system.addAll(texts);
            return this;
        }

        public Builder turn(Turn turn) {
            turns.add(turn);
            return this;
        }

        public Builder turns(List<Turn> more) {
            turns.addAll(more);
            return this;
        }

        public Builder tools(Tools value) {
            tools = value;
            return this;
        }

        public Builder sampling(Sampling value) {
            sampling = value;
            return this;
        }

        public Builder reasoning(Reasoning value) {
            reasoning = value;
            return this;
        }

        public Builder output(OutputFormat value) {
            output = value;
            return this;
        }

        public Builder verbosity(Optional<String> value) {
            verbosity = value;
            return this;
        }

        public Builder caller(Caller value) {
            caller = value;
            return this;
        }

        public Builder includeUsage(boolean value) {
            includeUsage = value;
            return this;
        }

        public Builder extension(String name, RawJson value) {
            extensions.put(name, value);
            return this;
        }

        public Builder extensions(Map<String, RawJson> more) {
            extensions.putAll(more);
            return this;
        }

        public Conversation build() {
            return new Conversation(
                    source,
                    model,
                    stream,
                    List.copyOf(system),
                    List.copyOf(turns),
                    tools,
                    sampling,
                    reasoning,
                    output,
                    verbosity,
                    caller,
                    includeUsage,
                    new LinkedHashMap<>(extensions));
        }
    }
}
