package dev.aigateway.wire;

import java.util.List;

/** A conversation that an official SDK holds with the gateway; every turn is streamed. Confined to one thread. */
interface SdkConversation extends AutoCloseable {
    String QUESTION = "Weather in Oslo and Bergen?";
    String TOOL = "get_weather";

    /** What the SDK made of one streamed answer. */
    record Turn(String thinking, String text, List<Call> calls, String finish, long input, long cached, long output) {}

    /** @param arguments the arguments as JSON */
    record Call(String id, String name, String arguments) {}

    /** Asks {@link #QUESTION}, offering {@link #TOOL} and wanting to see the model think. */
    Turn ask(String model);

    /** Sends the last answer back, as the SDK represents it, followed by a result for each of its calls. */
    Turn giveResults(List<String> results);

    /** How this SDK's API says that the model waits for tools, and that it is done. */
    List<String> finishes();

    @Override
    void close();
}
