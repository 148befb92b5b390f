package dev.sshtunnels.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data of {@code Secret} and {@code ConfigMap} documents. Its messages never hold a value. */
final class DataReader {

    private final Problems problems;

    DataReader(Problems problems) {
        this.problems = problems;
    }

    /** {@code data} in base64, then {@code stringData} as it is. */
    Map<String, byte[]> secret(Value document) {
        Map<String, byte[]> data = base64("data", document);
        data.putAll(text("stringData", document));
        return data;
    }

    /** {@code data} as it is, then {@code binaryData} in base64. */
    Map<String, byte[]> configMap(Value document) {
        Map<String, byte[]> data = text("data", document);
        data.putAll(base64("binaryData", document));
        return data;
    }

    private Map<String, byte[]> text(String field, Value document) {
        Map<String, byte[]> data = new LinkedHashMap<>();
        strings(field, document)
                .forEach((key, value) -> data.put(key, value.text().getBytes(StandardCharsets.UTF_8)));
        return data;
    }

    private Map<String, byte[]> base64(String field, Value document) {
        Map<String, byte[]> data = new LinkedHashMap<>();
        strings(field, document).forEach((key, value) -> {
            try {
                data.put(key, Base64.getDecoder().decode(value.text().replaceAll("\\s", "")));
            } catch (IllegalArgumentException notBase64) {
                String remedy = field.equals("data") ? "; text as it is goes under stringData" : "";
                problems.add(value.line(), field + "." + key, "is not base64" + remedy);
            }
        });
        return data;
    }

    private Map<String, Value> strings(String field, Value document) {
        Map<String, Value> strings = new LinkedHashMap<>();
        if (!document.has(field)) {
            return strings;
        }
        if (!(document.at(field) instanceof Value.Fields fields)) {
            problems.add(document.at(field).line(), field, "must be of type object");
            return strings;
        }
        fields.values().forEach((key, value) -> {
            if (value instanceof Value.Scalar scalar && scalar.value() instanceof String) {
                strings.put(key, value);
            } else {
                problems.add(value.line(), field + "." + key, "must be of type string; put it in quotes");
            }
        });
        return strings;
    }
}
