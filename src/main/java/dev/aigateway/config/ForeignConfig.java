package dev.aigateway.config;

import dev.aigateway.config.importing.Import;
import dev.aigateway.config.importing.Importer;
import dev.aigateway.config.importing.OurNames;
import dev.aigateway.config.importing.Remark;
import java.util.List;
import java.util.stream.Stream;

/** The configuration of another gateway, converted to what this gateway accepts. */
public final class ForeignConfig {
    private ForeignConfig() {}

    /** @param text a whole file */
    public static Import read(String text) {
        return Importer.read(
                ConfigFile.withoutMark(text), new OurNames(Values::isOwnHeader, NetworkBinding::isEndpointName));
    }

    /**
     * The same, looked at with our own rules, so that nobody gets a file that is refused. What only this machine lacks,
     * such as a file, is a warning: the result may be meant for another.
     */
    public static Import convert(String text, Sources sources) {
        Import read = read(text);
        return read instanceof Import.Done done ? checked(done, ConfigLoader.check(done.yaml(), sources)) : read;
    }

    private static Import checked(Import.Done done, Findings findings) {
        List<Remark> refused = findings.lasting().stream()
                .map(problem -> remark("becomes a configuration that is refused: ", problem))
                .toList();
        Stream<Remark> here = findings.ofThisMachine().stream()
                .map(problem -> remark("becomes a configuration that is refused on this machine: ", problem));
        return refused.isEmpty()
                ? new Import.Done(
                        done.gateway(),
                        done.yaml(),
                        Stream.concat(done.warnings().stream(), here).toList())
                : new Import.Refused(refused);
    }

    /** Nobody sees the converted file, so that its lines would say nothing. */
    private static Remark remark(String introduction, ConfigProblem problem) {
        return new Remark("", "", introduction + problem.key() + " " + problem.message());
    }
}
