package dev.aigateway.wire;

/** {@link Upstreams} behind a gateway whose limit of bodies is 10 MB; with one base URL in all its spellings. */
public class ProtocolUpstreams extends Upstreams {
    static final int MAX_BODY_BYTES = 10_000_000;

    @Override
    protected String limits() {
        return "{ max-body-size: " + MAX_BODY_BYTES + " }";
    }

    @Override
    protected String more(int openaiPort, int anthropicPort) {
        return """
                    - { name: base-1, type: openai, api-keys: [ k ], models: [ base-1 ], base-url: "http://127.0.0.1:%1$d" }
                    - { name: base-2, type: openai, api-keys: [ k ], models: [ base-2 ], base-url: "http://127.0.0.1:%1$d/" }
                    - { name: base-3, type: openai, api-keys: [ k ], models: [ base-3 ], base-url: "http://127.0.0.1:%1$d/v1" }
                    - { name: base-4, type: openai, api-keys: [ k ], models: [ base-4 ], base-url: "http://127.0.0.1:%1$d/v1/" }
                    - { name: switched-off, type: openai, api-keys: [ k ], models: [ nobody-there ], base-url: "http://127.0.0.1:1" }
                """.formatted(openaiPort);
    }
}
