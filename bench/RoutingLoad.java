import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The same load against gateways that differ only in how much they have to choose from. They take turns, so that whatever
 * else the machine does meets all of them; medians are shown, of what is added that of the differences within a turn.
 *
 * <p>Arguments: connections, warm-up seconds, measured seconds of two turns, bytes of a request, how the larger gateways
 * are called, then pairs of targets as {@link Load} has them: one provider with one key, and the larger one.
 */
final class RoutingLoad {
    private static final int TURNS = 5;

    private record Row(String strategy, Gateway one, Gateway many) {
        double added() {
            return median(IntStream.range(0, TURNS)
                    .mapToDouble(turn -> many.micros.get(turn) - one.micros.get(turn)));
        }
    }

    /** One gateway, with the processor time of a request in each turn. */
    private record Gateway(Load.Target target, List<Double> micros) {
        static Gateway parse(String text) {
            return new Gateway(Load.Target.parse(text), new ArrayList<>());
        }

        void serve(Load load, Load.Cell cell) {
            micros.add(load.measure(cell, target, Duration.ofSeconds(1)).micros());
        }

        double median() {
            return RoutingLoad.median(micros.stream().mapToDouble(one -> one));
        }
    }

    private static double median(DoubleStream values) {
        return values.sorted().toArray()[TURNS / 2];
    }

    public static void main(String[] args) {
        int connections = Integer.parseInt(args[0]);
        Duration warmUp = Duration.ofSeconds(Long.parseLong(args[1]));
        Duration turn = Duration.ofSeconds(Long.parseLong(args[2])).dividedBy(2);
        var cell = new Load.Cell(Load.Kind.PASS_WHOLE, Integer.parseInt(args[3]));
        List<Row> rows = new ArrayList<>();
        for (int i = 5; i < args.length; i += 2) {
            Gateway one = Gateway.parse(args[i]);
            rows.add(new Row(one.target.name(), one, Gateway.parse(args[i + 1])));
        }
        int status = 0;
        try {
            measure(new Load(connections, warmUp, turn), cell, warmUp, rows);
            print(rows, args[4]);
        } catch (RuntimeException failure) {
            System.err.println("bench: " + failure.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private static void measure(Load load, Load.Cell cell, Duration warmUp, List<Row> rows) {
        List<Gateway> gateways =
                rows.stream().flatMap(row -> List.of(row.one, row.many).stream()).toList();
        gateways.forEach(gateway -> load.measure(cell, gateway.target, warmUp));
        for (int i = 0; i < TURNS; i++) {
            gateways.forEach(gateway -> gateway.serve(load, cell));
        }
    }

    private static void print(List<Row> rows, String many) {
        System.out.printf("%n%-17s | %9s | %9s %9s%n", "whole gateway, us", "1 x 1", many, "added");
        System.out.println("-".repeat(51));
        for (Row row : rows) {
            System.out.printf(
                    "%-17s | %9.1f | %9.1f %9.1f%n",
                    row.strategy, row.one.median(), row.many.median(), row.added());
        }
    }
}
