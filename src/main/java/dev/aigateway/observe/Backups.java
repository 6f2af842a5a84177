package dev.aigateway.observe;

import dev.aigateway.config.LogFileConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The older files of a log, beside it under its name and the time when they ended: {@code gateway-20260131T120000.000.log}.
 * Those that are too many or too old go. One thread at a time.
 */
final class Backups {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS");
    private static final String PACKED = ".gz";

    private final LogFileConfig config;
    private final Path folder;
    private final String stem;
    private final String ending;
    private final Pattern names;

    Backups(LogFileConfig config) {
        this.config = config;
        Path whole = config.path().toAbsolutePath();
        this.folder = whole.resolveSibling("");
        String name = String.valueOf(whole.getFileName());
        int dot = name.lastIndexOf('.');
        this.stem = dot > 0 ? name.substring(0, dot) : name;
        this.ending = dot > 0 ? name.substring(dot) : "";
        this.names = Pattern.compile(
                Pattern.quote(stem) + "-(\\d{8}T\\d{6}\\.\\d{3})" + Pattern.quote(ending) + "(?:\\.gz)?");
    }

    private record Backup(Path path, Instant ended) {}

    /** Puts the file aside; what is to be packed is packed by {@link #tidy}. */
    void add(Path file, Instant now) throws IOException {
        // Names tell the order, also where two end at once or the clock goes back.
        Instant free = list().stream()
                .findFirst()
                .map(newest -> newest.ended().plusMillis(1))
                .orElse(now);
        Files.move(file, folder.resolve(name(now.isAfter(free) ? now : free)));
    }

    /** Packs what is to be packed and deletes what is not to be kept. May take long. */
    void tidy(Instant now) throws IOException {
        List<Backup> newestFirst = list();
        for (int i = 0; i < newestFirst.size(); i++) {
            Backup backup = newestFirst.get(i);
            boolean tooOld = !config.maxAge().isZero() && backup.ended().isBefore(now.minus(config.maxAge()));
            if (i >= config.maxBackups() || tooOld) {
                Files.deleteIfExists(backup.path());
            } else if (config.compress() && !backup.path().toString().endsWith(PACKED)) {
                pack(backup.path());
            }
        }
    }

    private List<Backup> list() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.flatMap(this::backup)
                    .sorted(Comparator.comparing(Backup::ended).reversed())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Stream<Backup> backup(Path path) {
        Matcher matcher = names.matcher(String.valueOf(path.getFileName()));
        try {
            return matcher.matches() ? Stream.of(new Backup(path, ended(matcher.group(1)))) : Stream.empty();
        } catch (DateTimeParseException e) {
            // There never was such a time: the file is somebody else's.
            return Stream.empty();
        }
    }

    private static Instant ended(String stamp) {
        return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
    }

    private String name(Instant ended) {
        return stem + "-" + STAMP.format(ended.atOffset(ZoneOffset.UTC)) + ending;
    }

    /** Half a file never has the final name. */
    private static void pack(Path plain) throws IOException {
        Path packing = plain.resolveSibling(plain.getFileName() + ".tmp");
        Files.deleteIfExists(packing);
        try (OutputStream out = new GZIPOutputStream(PrivateOutput.open(packing))) {
            Files.copy(plain, out);
        }
        Files.move(packing, plain.resolveSibling(plain.getFileName() + PACKED));
        Files.delete(plain);
    }
}
