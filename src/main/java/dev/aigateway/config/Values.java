package dev.aigateway.config;

import dev.aigateway.config.Section.Type;
import dev.aigateway.conversation.Dialect;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of single values. No message repeats the text: it may have been meant for a secret. */
final class Values {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,18})?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([kmg]?)(i?)b?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");
    private static final long LARGEST = 1L << 30;
    private static final long LARGEST_FILE = 1L << 40;
    private static final ValueForm TIME = ValueForm.text("^(0|[0-9]{1,9}([mM]?[sS]|[mMhH]))$", "15s", "500ms");
    private static final ValueForm POSITIVE_TIME =
            ValueForm.text("^0*[1-9][0-9]{0,8}([mM]?[sS]|[mMhH])$", "15s", "500ms");
    private static final ValueForm AGE = ValueForm.text("^(0|[0-9]{1,9}([mM]?[sS]|[mMhH])|[0-9]{1,5}[dD])$", "28d");
    private static final ValueForm SIZE_FORM =
            ValueForm.text("^0*[1-9][0-9]{0,11}\\s*([kKmMgG]?)([iI]?)[bB]?$", "20MiB", "512KiB");

    /** Headers that the gateway itself writes, or that belong to one connection only. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "authorization",
            "x-api-key",
            "x-goog-api-key",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "expect");

    private Values() {}

    private static ValueForm whole(Pattern pattern) {
        return ValueForm.text("^" + pattern + "$");
    }

    static String text(String text) throws BadValueException {
        if (text.isBlank()) {
            throw new BadValueException("must not be empty");
        }
        return text;
    }

    static boolean bool(String text) throws BadValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValueException("must be true or false", ValueForm.BOOL);
        };
    }

    static Type<Integer> integer(int least, int most) {
        return text -> {
            boolean fits = INTEGER.matcher(text).matches();
            int number = fits ? Integer.parseInt(text) : 0;
            if (!fits || number < least || number > most) {
                throw new BadValueException(
                        "must be a whole number from " + least + " to " + most, new ValueForm.Whole(least, most));
            }
            return number;
        };
    }

    /** Exactly as written. */
    static Type<BigDecimal> decimal(int least, int most) {
        return text -> {
            boolean fits = DECIMAL.matcher(text).matches();
            BigDecimal number = fits ? new BigDecimal(text) : BigDecimal.ZERO;
            if (!fits
                    || number.compareTo(BigDecimal.valueOf(least)) < 0
                    || number.compareTo(BigDecimal.valueOf(most)) > 0) {
                throw new BadValueException(
                        "must be a number from " + least + " to " + most,
                        new ValueForm.Decimal(BigDecimal.valueOf(least), BigDecimal.valueOf(most)));
            }
            return number;
        };
    }

    /** One of the words that stand for constants: {@code TOP_K} is written {@code top-k}. */
    @SafeVarargs
    static <E extends Enum<E>> Type<E> word(E... constants) {
        return text -> {
            List<String> labels = Arrays.stream(constants).map(Values::label).toList();
            int found = labels.indexOf(text.toLowerCase(Locale.ROOT));
            if (found < 0) {
                throw new BadValueException(
                        "must be one of " + String.join(", ", labels) + Suggestion.ofNear(text, labels),
                        ValueForm.words(labels));
            }
            return constants[found];
        };
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Duration duration(String text) throws BadValueException {
        return duration(text, TIME);
    }

    private static Duration duration(String text, ValueForm form) throws BadValueException {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!matcher.matches()) {
            throw new BadValueException("must be a time with its unit, such as 500ms, 15s, 2m or 1h", form);
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw new BadValueException("must be at most 24h");
        }
        return duration;
    }

    static Duration positiveDuration(String text) throws BadValueException {
        Duration duration = duration(text, POSITIVE_TIME);
        if (duration.isZero()) {
            throw new BadValueException("must be more than 0");
        }
        return duration;
    }

    /** A time that may be many days. */
    static Duration age(String text) throws BadValueException {
        Matcher days = DAYS.matcher(text.toLowerCase(Locale.ROOT));
        if (days.matches()) {
            return Duration.ofDays(Long.parseLong(days.group(1)));
        }
        if (!text.equals("0")
                && !DURATION.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
            throw new BadValueException("must be a time with its unit, such as 12h or 28d", AGE);
        }
        return duration(text);
    }

    /** In bytes. */
    static long size(String text) throws BadValueException {
        return size(text, LARGEST, "1GiB");
    }

    /** The same for what need not fit into memory. */
    static long fileSize(String text) throws BadValueException {
        return size(text, LARGEST_FILE, "1TiB");
    }

    private static long size(String text, long largest, String largestText) throws BadValueException {
        Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new BadValueException("must be a size, such as 20MiB, 512KiB or a number of bytes", SIZE_FORM);
        }
        long step = matcher.group(3).isEmpty() ? 1000 : 1024;
        long unit = switch (matcher.group(2)) {
            case "k" -> step;
            case "m" -> step * step;
            case "g" -> step * step * step;
            default -> 1;
        };
        long number = Long.parseLong(matcher.group(1));
        if (number == 0 || number > largest / unit) {
            throw new BadValueException("must be from 1 byte to " + largestText);
        }
        return number * unit;
    }

    /** A key that travels in a header. */
    static Secret secret(String text) throws BadValueException {
        if (text.isEmpty()) {
            throw new BadValueException("must not be an empty key; remove the entry or give it a value");
        }
        if (!VISIBLE.matcher(text).matches()) {
            throw new BadValueException("must be a key of visible ASCII characters without spaces", whole(VISIBLE));
        }
        return Secret.of(text);
    }

    static String providerName(String text) throws BadValueException {
        if (!NAME.matcher(text).matches()) {
            throw new BadValueException("must be a name of letters, digits, '.', '_' and '-'", whole(NAME));
        }
        return text;
    }

    static Dialect wireApi(String text) throws BadValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "chat" -> Dialect.CHAT;
            case "responses" -> Dialect.RESPONSES;
            default ->
                throw new BadValueException("must be chat or responses", ValueForm.words(List.of("chat", "responses")));
        };
    }

    /** Whether the caller's key is the upstream's. */
    static boolean callersKey(String text) throws BadValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "keys" -> false;
            case "client" -> true;
            default ->
                throw new BadValueException("must be keys or client", ValueForm.words(List.of("keys", "client")));
        };
    }

    static RetryConfig.Jitter jitter(String text) throws BadValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "half" -> RetryConfig.Jitter.HALF;
            case "full" -> RetryConfig.Jitter.FULL;
            default -> throw new BadValueException("must be half or full", ValueForm.words(List.of("half", "full")));
        };
    }

    static RoutingStrategy strategy(String text) throws BadValueException {
        return RoutingStrategy.named(text.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new BadValueException(
                        "must be one of "
                                + String.join(", ", RoutingStrategy.labels())
                                + Suggestion.ofNear(text, RoutingStrategy.labels()),
                        ValueForm.words(RoutingStrategy.labels())));
    }

    static Service service(String text) throws BadValueException {
        return Service.named(text.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new BadValueException(
                        "must be one of " + String.join(", ", Service.labels())
                                + Suggestion.ofNear(text, Service.labels()),
                        ValueForm.words(Service.labels())));
    }

    static ProviderType providerType(String text) throws BadValueException {
        String supported = String.join(", ", ProviderType.supportedLabels());
        ProviderType type = ProviderType.named(text.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new BadValueException(
                        "must be one of " + supported + Suggestion.ofNear(text, ProviderType.supportedLabels()),
                        ValueForm.words(ProviderType.supportedLabels())));
        if (!type.isSupported()) {
            throw new BadValueException(
                    "'" + type.label() + "' is not supported by this version; supported: " + supported);
        }
        return type;
    }

    static void checkHeaderSyntax(String name) throws BadValueException {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new BadValueException("is not the name of a header", whole(HEADER_NAME));
        }
    }

    static void checkHeaderName(String name) throws BadValueException {
        checkHeaderSyntax(name);
        if (isOwnHeader(name)) {
            throw new BadValueException("is a header that the gateway sets itself; API keys belong to api-keys");
        }
    }

    /** Whether the gateway itself writes the header. */
    static boolean isOwnHeader(String name) {
        return OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    static String headerValue(String text) throws BadValueException {
        if (!HEADER_VALUE.matcher(text).matches()) {
            throw new BadValueException("must be visible ASCII text in one line", whole(HEADER_VALUE));
        }
        return text;
    }

    static Path readableFile(String text) throws BadValueException {
        Path path = path(text);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw BadValueException.ofThisMachine("must be the path of a file that can be read");
        }
        return path;
    }

    /** Of a file that need not be there. */
    static Path path(String text) throws BadValueException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadValueException("is not a path", ValueForm.NOT_EMPTY);
        }
    }

    static Path namedFile(String text) throws BadValueException {
        return path(text(text));
    }
}
