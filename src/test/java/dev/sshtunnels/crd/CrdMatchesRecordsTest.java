package dev.sshtunnels.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sshtunnels.api.SshServerSpec;
import dev.sshtunnels.api.SshTunnelSpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The records of {@code api} have the properties of {@code crds/}, at every depth and of the same types. */
class CrdMatchesRecordsTest {

    /** The inline server is an SshServerSpec that may not have these two. */
    private static final Set<String> NOT_INLINE = Set.of("spec.server.jump", "spec.server.allowedNamespaces");

    @Test
    void serverSpec() {
        compare(Definition.of("sshservers", "spec"), SshServerSpec.class, "spec");
    }

    @Test
    void tunnelSpec() {
        compare(Definition.of("sshtunnels", "spec"), SshTunnelSpec.class, "spec");
    }

    private static void compare(Definition schema, Type type, String path) {
        switch ((String) schema.keywords().getOrDefault("type", "int-or-string")) {
            case "object" -> object(schema, type, path);
            case "array" -> {
                assertThat(rawType(type)).as(path).isEqualTo(List.class);
                compare(schema.items(), argument(type, 0), path + "[]");
            }
            case "integer" -> assertThat(type.getTypeName()).as(path).matches("java.lang.(Integer|Long)");
            case "boolean" -> assertThat(type).as(path).isEqualTo(Boolean.class);
            case "string" -> text(schema, type, path);
            default -> assertThat(type).as(path).isEqualTo(String.class);
        }
    }

    private static void object(Definition schema, Type type, String path) {
        boolean free = schema.keywords().containsKey("x-kubernetes-preserve-unknown-fields");
        if (free || schema.keywords().containsKey("additionalProperties")) {
            assertThat(rawType(type)).as(path).isEqualTo(Map.class);
            assertThat(argument(type, 1)).as(path).isEqualTo(free ? Object.class : String.class);
            return;
        }
        Class<?> record = (Class<?>) type;
        assertThat(record.isRecord()).as(path).isTrue();
        Set<String> components = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !NOT_INLINE.contains(path + "." + name))
                .collect(Collectors.toSet());
        assertThat(components).as(path).isEqualTo(schema.properties().keySet());
        for (RecordComponent component : record.getRecordComponents()) {
            if (components.contains(component.getName())) {
                compare(
                        schema.property(component.getName()),
                        component.getGenericType(),
                        path + "." + component.getName());
            }
        }
    }

    private static void text(Definition schema, Type type, String path) {
        if (type instanceof Class<?> constants && constants.isEnum()) {
            List<String> names = Arrays.stream(constants.getEnumConstants())
                    .map(Object::toString)
                    .toList();
            assertThat(schema.keywords().get("enum")).as(path).isEqualTo(names);
        } else {
            assertThat(type).as(path).isEqualTo(String.class);
        }
    }

    private static Type rawType(Type type) {
        return type instanceof ParameterizedType generic ? generic.getRawType() : type;
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
