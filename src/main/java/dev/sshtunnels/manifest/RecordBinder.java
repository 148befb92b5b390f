package dev.sshtunnels.manifest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes records of {@link dev.sshtunnels.api} from values that the {@link Checker} has passed: component names are
 * field names, absent fields are null.
 */
final class RecordBinder {

    <T extends Record> T bind(Class<T> type, Value value) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = Arrays.stream(components)
                .map(component -> value.has(component.getName())
                        ? convert(component.getGenericType(), value.at(component.getName()))
                        : null)
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a checked document does not fit " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + type.getName(), e);
        }
    }

    private Object convert(Type type, Value value) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return switch (value) {
                case Value.Items items ->
                    items.values().stream().map(item -> convert(last, item)).toList();
                case Value.Fields fields -> map(last, fields);
                case Value.Scalar _ -> throw new IllegalStateException("a scalar for " + type);
            };
        }
        Class<?> target = (Class<?>) type;
        if (target == Object.class) {
            return plain(value);
        }
        return target.isRecord() ? bind(target.asSubclass(Record.class), value) : scalar(target, (Value.Scalar) value);
    }

    private Map<String, Object> map(Type of, Value.Fields fields) {
        Map<String, Object> map = new LinkedHashMap<>();
        fields.values().forEach((name, value) -> map.put(name, convert(of, value)));
        return map;
    }

    private Object scalar(Class<?> target, Value.Scalar scalar) {
        Object value = scalar.value();
        if (target == String.class) {
            return value.toString();
        }
        if (target == Integer.class) {
            return Math.toIntExact((Long) value);
        }
        if (target.isEnum()) {
            return Arrays.stream(target.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(target + " lacks " + value));
        }
        return target.cast(value);
    }

    /** Maps, lists and scalars, for parts of a PodSpec that are passed on as they are. */
    private Object plain(Value value) {
        return switch (value) {
            case Value.Fields fields -> map(Object.class, fields);
            case Value.Items items -> items.values().stream().map(this::plain).toList();
            case Value.Scalar scalar -> scalar.value();
        };
    }
}
