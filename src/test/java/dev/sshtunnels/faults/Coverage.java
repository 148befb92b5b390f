package dev.sshtunnels.faults;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which tests cover which rows, found in the class files of all tests. */
record Coverage(Map<Row, List<String>> tests) {

    static Coverage ofTheSuite() {
        return new Coverage(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages("dev.sshtunnels").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Covers.class))
                        .flatMap(method -> Arrays.stream(
                                        method.getAnnotationOfType(Covers.class).value())
                                .map(row -> Map.entry(row, method)))
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey,
                                TreeMap::new,
                                Collectors.mapping(entry -> name(entry.getValue()), Collectors.toList()))));
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getSimpleName() + "." + method.getName();
    }

    /** In the order of the page. */
    List<Row> rows() {
        return List.copyOf(tests.keySet());
    }
}
