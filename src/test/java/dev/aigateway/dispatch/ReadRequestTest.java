package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.splice.Envelope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReadRequestTest {
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void request_isReadOnce() {
        ReadRequest read =
                read("{\"model\":\"m\",\"prediction\":{},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(read.conversation()).isSameAs(read.conversation());
        assertThat(reads).hasValue(1);
    }

    @Test
    void requestThatCannotBeRead_isReadOnceToo_andFailsTheSameEveryTime() {
        ReadRequest read = read("{\"model\":\"m\",\"messages\":7}");
        Throwable first = catchThrowable(read::conversation);
        assertThat(first).isInstanceOf(GatewayException.class);
        assertThat(catchThrowable(read::conversation)).isSameAs(first);
        assertThat(reads).hasValue(1);
    }

    private ReadRequest read(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ClientRequest request = new ClientRequest(
                "req1",
                "open",
                Dialect.CHAT,
                "m",
                new Envelope(bytes, Optional.of("m"), false, Optional.empty()),
                Map.of());
        return new ReadRequest(request, () -> bytes, counting(new ChatDialect()), UnaryOperator.identity(), false);
    }

    private ClientDialect counting(ClientDialect dialect) {
        return (ClientDialect) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClientDialect.class}, (self, method, arguments) -> {
                    if (method.getName().equals("readRequest")) {
                        reads.incrementAndGet();
                    }
                    try {
                        return method.invoke(dialect, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
