package dev.aigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the benchmark are compiled when it runs, which is seldom: a change of what they call must show before. */
class BenchSourcesTest {
    @TempDir
    Path classes;

    @Test
    void programs_compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter words = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            words,
                            files,
                            null,
                            List.of("-proc:none", "-d", classes.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(programs()))
                    .call();
            assertThat(compiled).as(words.toString()).isTrue();
        }
    }

    private static List<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("bench"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
