package dev.sshtunnels.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl explain} and people who edit the CRDs rely on. */
class CrdShapeTest {

    private static final List<String> FORWARD = List.of("mode", "listen", "gateway", "target", "dnsNames");

    /** The API server describes metadata itself and takes no description of it. */
    private static final String METADATA = ".metadata";

    @ParameterizedTest
    @ValueSource(strings = {"sshservers", "sshtunnels"})
    void everyPropertyIsDescribed(String plural) {
        assertThat(Definition.root(plural).flat(""))
                .allSatisfy((path, schema) -> assertThat(
                                path.equals(METADATA) || schema.description().length() > 10)
                        .as(path)
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sshservers", "sshtunnels"})
    void defaultsAreNamedInTheDescription(String plural) {
        Map<String, Definition> schemas = Definition.root(plural).flat("");
        assertThat(schemas).allSatisfy((path, schema) -> {
            Object value = schema.keywords().get("default");
            if (value != null && !(value instanceof Map)) {
                assertThat(schema.description()).as(path).contains("Default: " + value);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sshservers", "sshtunnels"})
    void everyListAndMapAndTextIsBounded(String plural) {
        assertThat(Definition.of(plural, "spec").flat("spec")).allSatisfy((path, schema) -> {
            Set<String> keywords = schema.keywords().keySet();
            boolean bounded = switch ((String) schema.keywords().getOrDefault("type", "")) {
                case "array" -> keywords.contains("maxItems");
                case "string" ->
                    keywords.contains("maxLength") || keywords.contains("enum") || keywords.contains("format");
                case "object" -> !keywords.contains("additionalProperties") || keywords.contains("maxProperties");
                default -> true;
            };
            assertThat(bounded).as(path).isTrue();
        });
    }

    @Test
    void forwardsHaveTheSameFieldsOneByOneAndInAList() {
        Definition spec = Definition.of("sshtunnels", "spec");
        Definition item = spec.property("forwards").items();
        for (String field : FORWARD) {
            if (!field.equals("mode")) {
                assertThat(item.property(field)).as(field).isEqualTo(spec.property(field));
            }
        }
        assertThat(item.property("mode").keywords().get("enum"))
                .isEqualTo(spec.property("mode").keywords().get("enum"));
        assertThat(item.properties().keySet()).containsAll(FORWARD).containsOnlyOnceElementsOf(FORWARD);
    }

    @Test
    void forwardsHaveTheSameRulesOneByOneAndInAList() {
        Definition spec = Definition.of("sshtunnels", "spec");
        List<Map<String, Object>> single =
                spec.rules().filter(CrdShapeTest::isOfOneForward).toList();
        List<Map<String, Object>> several = spec.property("forwards")
                .items()
                .rules()
                .filter(CrdShapeTest::isOfOneForward)
                .toList();
        assertThat(single).hasSizeGreaterThan(5).isEqualTo(several);
    }

    /** Rules of one forward hold only once there is a mode, or are about gateway. */
    private static boolean isOfOneForward(Map<String, Object> rule) {
        String expression = (String) rule.get("rule");
        return expression.startsWith("!has(self.mode) ||") || expression.startsWith("!has(self.gateway) ||");
    }

    @Test
    void inlineServerIsAServerWithoutJumpAndAllowedNamespaces() {
        Definition inline = Definition.of("sshtunnels", "spec").property("server");
        Definition server = Definition.of("sshservers", "spec");
        Map<String, Definition> expected = new LinkedHashMap<>(server.properties());
        expected.keySet().removeAll(Set.of("jump", "allowedNamespaces"));
        assertThat(inline.properties()).isEqualTo(expected);
        assertThat(inline.keywords().get("required"))
                .isEqualTo(server.keywords().get("required"));
    }

    @Test
    void everyRuleHasAFileThatBreaksIt() {
        List<String> expected = CorpusFile.invalid().map(CorpusFile::expected).toList();
        Set<String> untested = Stream.of("sshservers", "sshtunnels")
                .flatMap(plural -> Definition.root(plural).flat("").values().stream())
                .flatMap(Definition::messages)
                .filter(message -> expected.stream().noneMatch(message::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(untested).isEmpty();
    }
}
