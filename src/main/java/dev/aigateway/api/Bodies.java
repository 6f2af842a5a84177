package dev.aigateway.api;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.dispatch.Exchange;
import dev.aigateway.dispatch.ForwardedAnswer;
import dev.aigateway.observe.BodyCapture;
import dev.aigateway.observe.BodyLog;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** What clients send and get, for {@code log.bodies}; where that is off nothing is added to the way of an answer. */
final class Bodies {
    private Bodies() {}

    static void request(Exchange exchange) {
        if (BodyLog.isOn(exchange.config())) {
            byte[] body = exchange.request().envelope().body();
            BodyLog.write(exchange.config(), exchange.request().id(), "request", body);
        }
    }

    static Multi<Buffer> answer(Exchange exchange, Multi<Buffer> answer) {
        if (!BodyLog.isOn(exchange.config())) {
            return answer;
        }
        BodyCapture capture =
                new BodyCapture(exchange.config(), exchange.request().id(), "answer");
        return answer.onItem()
                .invoke(part -> capture.add(part.getBytes()))
                .onTermination()
                .invoke(capture::write);
    }

    /** Pictures and sound are left out. */
    static Multi<Buffer> answer(Exchange exchange, ForwardedAnswer answer) {
        String type = answer.headers().get("content-type");
        boolean readable = type != null && (type.contains("json") || type.startsWith("text/"));
        return readable ? answer(exchange, answer.body()) : answer.body();
    }

    static void error(Exchange exchange, GatewayError error) {
        if (BodyLog.isOn(exchange.config())) {
            byte[] message = error.message().getBytes(StandardCharsets.UTF_8);
            BodyLog.write(exchange.config(), exchange.request().id(), "error", message);
        }
    }
}
