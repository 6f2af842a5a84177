package dev.aigateway.wire;

/** {@link Upstreams} behind a gateway that changes what they are sent. */
public class RuledUpstreams extends Upstreams {
    @Override
    protected String more(int openaiPort, int anthropicPort) {
        return """
                    - name: cool
                      type: openai
                      base-url: http://127.0.0.1:%1$d/v1
                      api-keys: [ "sk-cool" ]
                      temperature: 0.70
                      models: [ cool-chat, { id: o4-mini, alias: cool-o4 } ]
                    - name: quirky
                      type: openai
                      base-url: http://127.0.0.1:%1$d/v1
                      api-keys: [ "sk-quirky" ]
                      quirks: [ top-k, no-stream-options, max-completion-tokens ]
                      models: [ quirky ]
                    - name: short
                      type: anthropic
                      base-url: http://127.0.0.1:%2$d
                      api-keys: [ "sk-short" ]
                      default-max-tokens: 4096
                      models: [ { id: claude-sonnet-4-5, alias: short } ]
                    - name: cloak-auto
                      type: anthropic
                      base-url: http://127.0.0.1:%2$d
                      api-keys: [ "sk-auto" ]
                      cloak: { preset: claude-code, sensitive-words: [ proxy, gateway proxy ], headers: { x-team: search } }
                      models: [ { id: claude-sonnet-4-5, alias: auto } ]
                    - name: cloak-always
                      type: anthropic
                      base-url: http://127.0.0.1:%2$d
                      api-keys: [ "sk-always" ]
                      cloak: { preset: claude-code, mode: always, strict: true, cache-user-id: true }
                      models: [ { id: claude-sonnet-4-5, alias: always } ]
                    - name: cloak-never
                      type: anthropic
                      base-url: http://127.0.0.1:%2$d
                      api-keys: [ "sk-never" ]
                      cloak: { preset: claude-code, mode: never }
                      models: [ { id: claude-sonnet-4-5, alias: never } ]
                    - name: cloak-headers
                      type: anthropic
                      base-url: http://127.0.0.1:%2$d
                      api-keys: [ "sk-headers" ]
                      cloak: { preset: claude-code-headers }
                      models: [ { id: claude-sonnet-4-5, alias: headers } ]
                    - name: cloak-sdk
                      type: anthropic
                      base-url: http://127.0.0.1:%2$d
                      api-keys: [ "sk-sdk" ]
                      cloak: { preset: claude-code-sdk, mode: always }
                      models: [ { id: claude-sonnet-4-5, alias: sdk } ]
                  default-max-tokens: 8192
                  payload:
                    default:
                      - models: [ { name: gpt-4o, protocol: openai }, gpt-5-responses ]
                        params: { metadata.team: search, top_p: 0.90 }
                    override:
                      - models: [ gpt-4o, gpt-5-responses ]
                        params: { metadata.rank: 1.0, seed: 12345678901234567890 }
                      - models: [ { name: "*", protocol: claude } ]
                        params: { service_tier: standard_only }
                      - models: [ { name: "claude-*", protocol: openai } ]
                        params: { never: true }
                      - models: [ { name: "gemini-*", protocol: gemini } ]
                        params: { generationConfig.temperature: 0.5 }
                    filter:
                      - models: [ gpt-4o, gpt-5-responses ]
                        params: [ user, metadata.rank, "messages.0.name" ]
                """.formatted(openaiPort, anthropicPort);
    }
}
