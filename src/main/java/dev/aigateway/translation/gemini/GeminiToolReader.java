package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.RawJson;
import dev.aigateway.conversation.Tool;
import dev.aigateway.conversation.ToolChoice;
import dev.aigateway.conversation.ToolKind;
import dev.aigateway.conversation.Tools;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.gemini.schema.OpenApiSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the tools of a Gemini request and the rules for calling them (translation reference, section 11). Stateless. */
final class GeminiToolReader {
    private GeminiToolReader() {}

    static Tools read(JsonFields fields) {
        List<Tool> tools = new ArrayList<>();
        fields.array("tools").forEach(element -> tools(element.fields(), tools));
        ToolChoice choice = fields.object("toolConfig")
                .flatMap(config -> config.object("functionCallingConfig"))
                .map(GeminiToolReader::choice)
                .orElse(new ToolChoice.Unset());
        return new Tools(List.copyOf(tools), choice, Optional.empty());
    }

    private static void tools(JsonFields group, List<Tool> tools) {
        group.array("functionDeclarations").forEach(element -> tools.add(function(element.fields())));
        group.rest()
                .forEach((name, value) -> tools.add(new Tool.Hosted(
                        name,
                        hostedKind(name),
                        Dialect.GEMINI,
                        Json.raw(Json.object().set(name, Json.verbatim(value))))));
    }

    private static Tool.HostedKind hostedKind(String name) {
        return switch (name) {
            case "googleSearch", "googleSearchRetrieval" -> Tool.HostedKind.WEB_SEARCH;
            case "urlContext" -> Tool.HostedKind.WEB_FETCH;
            case "codeExecution" -> Tool.HostedKind.CODE_EXECUTION;
            default -> Tool.HostedKind.OTHER;
        };
    }

    private static Tool function(JsonFields declaration) {
        Optional<RawJson> own =
                declaration.object("parameters").map(schema -> Json.raw(OpenApiSchema.toJsonSchema(schema.node())));
        Optional<RawJson> schema =
                declaration.object("parametersJsonSchema").map(JsonFields::raw).or(() -> own);
        String name = declaration.requiredText("name");
        Optional<String> description = declaration.text("description");
        return new Tool.Function(
                name, Optional.empty(), description, schema, Optional.empty(), Optional.empty(), extras(declaration));
    }

    private static Optional<RawJson> extras(JsonFields declaration) {
        Map<String, RawJson> rest = declaration.rest();
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        var extras = Json.object();
        rest.forEach((name, value) -> extras.set(name, Json.verbatim(value)));
        return Optional.of(Json.raw(extras));
    }

    private static ToolChoice choice(JsonFields config) {
        List<String> names = config.texts("allowedFunctionNames");
        String mode = config.text("mode").orElse("MODE_UNSPECIFIED").toUpperCase(Locale.ROOT);
        return switch (mode) {
            case "MODE_UNSPECIFIED" -> new ToolChoice.Unset();
            case "AUTO" -> new ToolChoice.Auto();
            case "NONE" -> new ToolChoice.None();
            case "VALIDATED" -> names.isEmpty() ? new ToolChoice.Auto() : new ToolChoice.Allowed(names, false);
            case "ANY" ->
                switch (names.size()) {
                    case 0 -> new ToolChoice.Required();
                    case 1 -> new ToolChoice.Specific(names.getFirst(), ToolKind.FUNCTION);
                    default -> new ToolChoice.Allowed(names, true);
                };
            default -> throw config.bad("mode", "must be AUTO, ANY, NONE or VALIDATED, not '" + mode + "'");
        };
    }
}
