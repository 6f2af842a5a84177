package dev.aigateway.cli;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.ProviderQuirks;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.Dialects;
import dev.aigateway.translation.ModelCatalog;
import dev.aigateway.translation.SignatureCarrier;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.TranslationNotes.Note;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.completions.CompletionsDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.responses.ResponsesDialect;
import dev.aigateway.translation.splice.Envelope;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Puts one request into another dialect as a running gateway would, without one: no configuration, no network, no
 * framework.
 *
 * @param model the provider's id of the model; empty for the one that the request names
 * @param base where the provider is, as far as that changes what it is told
 */
record Interpreter(Dialect from, Dialect to, Optional<String> model, Optional<URI> base) {
    private static final Dialects DIALECTS = dialects();

    /** @throws dev.aigateway.conversation.GatewayException for a request that the gateway would refuse */
    Explanation explain(byte[] body) {
        Envelope envelope = from == Dialect.GEMINI
                ? Envelope.ofPath(body, model.orElseThrow(Interpreter::noModel), false)
                : Envelope.scan(from, body);
        String asked = envelope.model().or(() -> model).orElseThrow(Interpreter::noModel);
        String upstreamModel = model.orElse(asked);
        if (from == to) {
            byte[] forwarded = SignatureCarrier.strip(envelope.withModel(upstreamModel));
            return Explanation.of(from, to, body, forwarded, List.of());
        }
        return translate(envelope, asked, upstreamModel);
    }

    private Explanation translate(Envelope envelope, String asked, String upstreamModel) {
        TranslationNotes notes = new TranslationNotes(false);
        ClientDialect client = DIALECTS.client(from);
        Conversation conversation = client.readRequest(asked, envelope.stream(), envelope.body(), notes);
        byte[] upstream = DIALECTS.upstream(to).writeRequest(conversation, target(upstreamModel), notes);
        List<Note> all = notes.all();
        return Explanation.of(from, to, envelope.body(), upstream, all);
    }

    private Target target(String upstreamModel) {
        return new Target(
                to,
                upstreamModel,
                OptionalInt.empty(),
                ModelCatalog.traits(upstreamModel),
                base.map(host -> ProviderQuirks.of(host, upstreamModel)).orElse(Set.of()));
    }

    private static RuntimeException noModel() {
        return GatewayError.badField("model", "is required: in the request or with --model")
                .toException();
    }

    private static Dialects dialects() {
        ChatDialect chat = new ChatDialect();
        MessagesDialect messages = new MessagesDialect();
        ResponsesDialect responses = new ResponsesDialect();
        GeminiDialect gemini = new GeminiDialect();
        return new Dialects(
                List.of(chat, new CompletionsDialect(), messages, responses, gemini),
                List.of(chat, messages, responses, gemini));
    }
}
