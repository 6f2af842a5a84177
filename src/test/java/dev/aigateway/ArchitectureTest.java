package dev.aigateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.aigateway.conversation.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the code to the rooms and arrows of {@code docs/architecture.md}: a room may use only what its row lists.
 * A room that has no class yet passes; a class outside every room does not.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.aigateway";

    /** Room → the rooms it may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry(
                    "cli",
                    Set.of(
                            "api",
                            "admin",
                            "dispatch",
                            "routing",
                            "translation",
                            "conversation",
                            "upstream",
                            "sse",
                            "config",
                            "observe")),
            Map.entry("api", Set.of("dispatch", "routing", "translation", "conversation", "sse", "config", "observe")),
            Map.entry("demo", Set.of("translation", "conversation", "sse", "upstream", "config")),
            Map.entry("admin", Set.of("routing", "config", "observe", "conversation")),
            Map.entry(
                    "dispatch",
                    Set.of("routing", "demo", "translation", "upstream", "conversation", "sse", "config", "observe")),
            Map.entry("routing", Set.of("config", "conversation")),
            Map.entry("translation", Set.of("conversation", "sse")),
            Map.entry("upstream", Set.of("config", "sse", "conversation")),
            Map.entry("observe", Set.of("config", "conversation")),
            Map.entry("config", Set.of("conversation")),
            Map.entry("conversation", Set.of()),
            Map.entry("sse", Set.of()));

    private static JavaClasses production;

    @BeforeAll
    static void importProductionClasses() {
        production = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        assertThat(production).isNotEmpty();
    }

    static Stream<String> rooms() {
        return ARROWS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void room_dependencies_followTheArrows(String room) {
        Set<String> forbidden = new TreeSet<>(ARROWS.keySet());
        forbidden.remove(room);
        forbidden.removeAll(ARROWS.get(room));
        if (!forbidden.isEmpty()) {
            noClasses()
                    .that()
                    .resideInAPackage(in(room))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            forbidden.stream().map(ArchitectureTest::in).toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(production);
        }
    }

    @Test
    void production_everyClass_livesInARoom() {
        classes()
                .should()
                .resideInAnyPackage(rooms().map(ArchitectureTest::in).toArray(String[]::new))
                .check(production);
    }

    @Test
    void config_useOfTheHub_isOnlyTheDialect() {
        DescribedPredicate<JavaClass> hubBeyondDialect = resideInAnyPackage(in("conversation"))
                .and(describe("other than Dialect", type -> !type.isEquivalentTo(Dialect.class)));
        noClasses()
                .that()
                .resideInAPackage(in("config"))
                .should()
                .dependOnClassesThat(hubBeyondDialect)
                .allowEmptyShould(true)
                .check(production);
    }

    @Test
    void packages_dependencies_haveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(production);
    }

    @Test
    void hubAndSse_dependencies_arePureJava() {
        classes()
                .that()
                .resideInAnyPackage(in("conversation"), in("sse"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations..", in("conversation"), in("sse"))
                .check(production);
    }

    @Test
    void classes_names_sayWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Manager|Helper|Helpers)(\\$.*)?")
                .check(production);
    }

    @Test
    void standardStreams_use_isForTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("cli"))
                .should(ACCESS_STANDARD_STREAMS)
                .check(production);
    }

    @Test
    void packages_withClasses_areNullMarked() {
        Set<String> unmarked = production.stream()
                .map(JavaClass::getPackage)
                .filter(place -> !place.isAnnotatedWith(NullMarked.class))
                .map(place -> place.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).as("packages without a @NullMarked package-info").isEmpty();
    }

    @Test
    void translation_state_isConfinedAndNeedsNoLocks() {
        String[] hotPath = {in("translation"), in("conversation"), in("sse")};
        noClasses()
                .that()
                .resideInAnyPackage(hotPath)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..")
                .check(production);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(hotPath)
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .check(production);
        assertThat(production.stream().filter(resideInAnyPackage(hotPath)).filter(ArchitectureTest::entersAMonitor))
                .as("classes with a synchronized block")
                .isEmpty();
    }

    /** ArchUnit does not import instructions, so synchronized blocks are looked for in the class file. */
    private static boolean entersAMonitor(JavaClass type) {
        return parse(type).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(CodeModel::elementStream)
                .anyMatch(MonitorInstruction.class::isInstance);
    }

    private static ClassModel parse(JavaClass type) {
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String in(String room) {
        return ROOT + "." + room + "..";
    }
}
