package dev.aigateway.translation.property;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.RequestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes well-formed requests of a dialect up, in the shorthand of {@link RequestCase#json}. Confined to one request. */
final class RequestJson {
    private static final String SCHEMA =
            "{'type':'object','properties':{'city':{'type':'string'},'days':{'type':'integer'}},'required':['city']}";
    private static final String FORMAT_SCHEMA =
            "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}";
    private static final String PIXEL = "iVBORw0KGgo=";

    private final Random random;
    private int calls;

    private RequestJson(Random random) {
        this.random = random;
    }

    static ObjectNode of(Dialect dialect, Random random) {
        RequestJson request = new RequestJson(random);
        String members = switch (dialect) {
            case CHAT -> request.chat();
            case MESSAGES -> request.messages();
            case GEMINI -> request.gemini();
            case RESPONSES -> request.responses();
            case COMPLETIONS -> throw new IllegalArgumentException("no upstream speaks it");
        };
        return (ObjectNode) RequestCase.json("{" + members + "}");
    }

    private String chat() {
        List<String> messages = new ArrayList<>();
        sometimes(
                messages,
                "{'role':'system','content':" + text() + "}",
                "{'role':'developer','content':" + text() + "}");
        for (int turns = 1 + random.nextInt(3); turns > 0; turns--) {
            messages.add("{'role':'user','content':"
                    + one(
                            text(),
                            "[{'type':'text','text':" + text() + "},{'type':'image_url','image_url':{'url':"
                                    + one("'https://example.org/a.png'", "'data:image/png;base64," + PIXEL + "'")
                                    + "}}]")
                    + "}");
            if (turns > 1 && random.nextBoolean()) {
                messages.add("{'role':'assistant','content':" + text() + "}");
            } else if (turns > 1) {
                String id = id();
                messages.add("{'role':'assistant','content':" + one("null", text())
                        + ",'tool_calls':[{'id':" + id + ",'type':'function','function':{'name':'get_weather',"
                        + "'arguments':'{}'}}]}");
                messages.add("{'role':'tool','tool_call_id':" + id + ",'content':" + text() + "}");
            }
        }
        List<String> members = new ArrayList<>(List.of("'messages':[" + String.join(",", messages) + "]"));
        String tool = "'tools':[{'type':'function','function':{'name':'get_weather','description':'d','parameters':"
                + SCHEMA + "}}]";
        sometimes(
                members,
                tool,
                tool + ",'tool_choice':" + one("'auto'", "'required'", "'none'"),
                tool + ",'tool_choice':{'type':'function','function':{'name':'get_weather'}}",
                tool + ",'parallel_tool_calls':false");
        sometimes(members, "'temperature':0.5", "'temperature':0", "'temperature':1.25");
        sometimes(members, "'top_p':0.9");
        sometimes(members, "'max_completion_tokens':77");
        sometimes(members, "'stop':['END']", "'stop':['a','b']");
        sometimes(members, "'seed':7");
        sometimes(members, "'presence_penalty':0.5,'frequency_penalty':-1");
        sometimes(members, "'n':2");
        sometimes(members, "'logprobs':true,'top_logprobs':3");
        sometimes(members, "'reasoning_effort':" + one("'low'", "'high'"));
        sometimes(
                members,
                "'response_format':{'type':'json_object'}",
                "'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':"
                        + FORMAT_SCHEMA + "}}");
        sometimes(members, "'verbosity':'low'");
        sometimes(members, "'metadata':{'k':'v'}");
        sometimes(members, "'safety_identifier':'u1'");
        sometimes(members, "'prompt_cache_key':'k1'");
        sometimes(members, "'service_tier':'flex'");
        return String.join(",", members);
    }

    private String messages() {
        List<String> turns = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            turns.add("{'role':'user','content':"
                    + one(
                            text(),
                            "[{'type':'text','text':" + text() + one("", ",'cache_control':{'type':'ephemeral'}")
                                    + "}]",
                            "[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'" + PIXEL
                                    + "'}},{'type':'text','text':" + text() + "}]",
                            "[{'type':'image','source':{'type':'url','url':'https://example.org/a.png'}},"
                                    + "{'type':'document','title':'t','source':{'type':'text','media_type':'text/plain',"
                                    + "'data':'words'}}]")
                    + "}");
            if (left > 1 && random.nextBoolean()) {
                turns.add("{'role':'assistant','content':" + text() + "}");
            } else if (left > 1) {
                String id = id();
                turns.add("{'role':'assistant','content':["
                        + one("", "{'type':'thinking','thinking':'T','signature':'c2ln'},")
                        + one("", "{'type':'text','text':" + text() + "},")
                        + "{'type':'tool_use','id':" + id + ",'name':'get_weather','input':{'city':'Rome'}}]}");
                turns.add("{'role':'user','content':[{'type':'tool_result','tool_use_id':" + id + ",'content':"
                        + one(text(), "[{'type':'text','text':" + text() + "}]") + one("", ",'is_error':true") + "}]}");
                turns.add("{'role':'assistant','content':" + text() + "}");
            }
        }
        List<String> members =
                new ArrayList<>(List.of("'messages':[" + String.join(",", turns) + "]", "'max_tokens':4000"));
        sometimes(
                members,
                "'system':" + text(),
                "'system':[{'type':'text','text':" + text() + ",'cache_control':{'type':'ephemeral','ttl':'1h'}}]");
        String tool = "'tools':[{'name':'get_weather','description':'d','input_schema':" + SCHEMA + "}]";
        sometimes(
                members,
                tool,
                tool + ",'tool_choice':{'type':'auto','disable_parallel_tool_use':true}",
                tool + ",'tool_choice':{'type':'none'}");
        sometimes(members, "'thinking':{'type':'enabled','budget_tokens':2000}", "'temperature':0.5", "'top_p':0.9");
        sometimes(members, "'stop_sequences':['END']");
        sometimes(members, "'metadata':{'user_id':'u1'}");
        sometimes(members, "'service_tier':'auto'");
        return String.join(",", members);
    }

    private String gemini() {
        List<String> contents = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            contents.add("{'role':'user','parts':[{'text':" + text() + "}"
                    + one(
                            "",
                            ",{'inlineData':{'mimeType':'image/png','data':'" + PIXEL + "'}}",
                            ",{'fileData':{'mimeType':'application/pdf','fileUri':'https://example.org/a.pdf'}}")
                    + "]}");
            if (left > 1 && random.nextBoolean()) {
                contents.add("{'role':'model','parts':[{'text':" + text() + "}]}");
            } else if (left > 1) {
                // Without ids, which not every upstream of the dialect takes.
                contents.add("{'role':'model','parts':[" + one("", "{'text':" + text() + "},") + "{'functionCall':{"
                        + "'name':'get_weather','args':{'city':'Rome'}}" + one("", ",'thoughtSignature':'c2lnRw=='")
                        + "}]}");
                contents.add("{'role':'user','parts':[{'functionResponse':{"
                        + "'name':'get_weather','response':{'output':" + text() + "}}}]}");
                contents.add("{'role':'model','parts':[{'text':" + text() + "}]}");
            }
        }
        List<String> members = new ArrayList<>(List.of("'contents':[" + String.join(",", contents) + "]"));
        sometimes(members, "'systemInstruction':{'parts':[{'text':" + text() + "}]}");
        String tool =
                "'tools':[{'functionDeclarations':[{'name':'get_weather','description':'d','parametersJsonSchema':"
                        + SCHEMA + "}]}]";
        sometimes(
                members,
                tool,
                tool + ",'toolConfig':{'functionCallingConfig':{'mode':" + one("'AUTO'", "'ANY'", "'NONE'") + "}}",
                tool + ",'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['get_weather']}}");
        List<String> config = new ArrayList<>();
        sometimes(config, "'temperature':0.5", "'temperature':1.5");
        sometimes(config, "'topP':0.9,'topK':20");
        sometimes(config, "'maxOutputTokens':4000");
        sometimes(config, "'stopSequences':['END']");
        sometimes(config, "'seed':7");
        sometimes(config, "'candidateCount':2");
        sometimes(config, "'presencePenalty':0.5,'frequencyPenalty':0.25");
        sometimes(config, "'thinkingConfig':{'includeThoughts':true,'thinkingBudget':2000}");
        sometimes(config, "'responseMimeType':'application/json','responseJsonSchema':" + FORMAT_SCHEMA);
        if (!config.isEmpty()) {
            members.add("'generationConfig':{" + String.join(",", config) + "}");
        }
        return String.join(",", members);
    }

    private String responses() {
        List<String> items = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            items.add("{'role':'user','content':"
                    + one(
                            text(),
                            "[{'type':'input_text','text':" + text() + "},{'type':'input_image','image_url':"
                                    + "'https://example.org/a.png'}]")
                    + "}");
            if (left > 1 && random.nextBoolean()) {
                items.add("{'type':'message','role':'assistant','content':[{'type':'output_text','text':" + text()
                        + "}]}");
            } else if (left > 1) {
                String id = id();
                sometimes(items, "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'ZW5j'}");
                items.add("{'type':'function_call','call_id':" + id + ",'name':'get_weather','arguments':'{}'}");
                items.add("{'type':'function_call_output','call_id':" + id + ",'output':" + text() + "}");
            }
        }
        List<String> members = new ArrayList<>(List.of(
                "'input':[" + String.join(",", items) + "]",
                // What the gateway asks of an upstream whose client leaves it out.
                "'store':false",
                "'include':['reasoning.encrypted_content']"));
        sometimes(members, "'instructions':" + text());
        String tool = "'tools':[{'type':'function','name':'get_weather','description':'d','strict':false,'parameters':"
                + SCHEMA + "}]";
        sometimes(
                members,
                tool,
                tool + ",'tool_choice':" + one("'auto'", "'required'", "'none'"),
                tool + ",'tool_choice':{'type':'function','name':'get_weather'}",
                tool + ",'parallel_tool_calls':false");
        sometimes(members, "'temperature':0.5,'top_p':0.9");
        sometimes(members, "'max_output_tokens':77");
        sometimes(members, "'reasoning':{'effort':'low','summary':'auto'}");
        sometimes(
                members,
                "'text':{'format':{'type':'json_object'}}",
                "'text':{'verbosity':'low','format':{'type':'json_schema','name':'n','strict':true,'schema':"
                        + FORMAT_SCHEMA + "}}");
        sometimes(members, "'metadata':{'k':'v'}");
        sometimes(members, "'safety_identifier':'u1'");
        sometimes(members, "'prompt_cache_key':'k1'");
        sometimes(members, "'service_tier':'flex'");
        return String.join(",", members);
    }

    private String id() {
        return "'call_" + calls++ + "'";
    }

    private String text() {
        return one("'Hello'", "'Größe 漢字 😀'", "'two\\nlines'", "' spaced '", "'back\\\\slash'");
    }

    private String one(String... options) {
        return options[random.nextInt(options.length)];
    }

    private void sometimes(List<String> list, String... options) {
        if (random.nextBoolean()) {
            list.add(one(options));
        }
    }
}
