package dev.sshtunnels.operator;

import dev.sshtunnels.operator.kinds.KindsSerialization;
import dev.sshtunnels.operator.kinds.SshServer;
import dev.sshtunnels.operator.kinds.SshTunnel;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator has written in a namespace, by kind and name. Resource versions do not tell: others write the same
 * objects, and the API server itself moves them when it sorts {@code managedFields}. Its entry for our field manager
 * does: each write that changes something renews the time.
 */
record Writings(SortedMap<String, Writing> objects) {

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            SshServer.class, SshTunnel.class, ConfigMap.class, Deployment.class, Service.class, Pod.class, Event.class);

    private static final KubernetesSerialization JSON = KindsSerialization.create();

    /**
     * One object.
     *
     * @param marks what the API server noted of our writes
     * @param content every value by its path, for the telling of a difference
     */
    record Writing(Set<Mark> marks, SortedMap<String, String> content) {}

    /**
     * One note.
     *
     * @param what operation and subresource
     * @param time when something was changed last
     * @param fields those that are ours by it
     */
    record Mark(String what, String time, String fields) {

        /** Without the fields: their values show better what is different. */
        @Override
        public String toString() {
            return what + " at " + time;
        }
    }

    /** As they are now. */
    static Writings in(Workspace workspace) {
        SortedMap<String, Writing> objects = new TreeMap<>();
        for (Class<? extends HasMetadata> kind : KINDS) {
            for (HasMetadata object : workspace.all(kind)) {
                Set<Mark> marks = marks(object);
                if (!marks.isEmpty()) {
                    String name = object.getKind() + " " + object.getMetadata().getName();
                    objects.put(name, new Writing(marks, content(object)));
                }
            }
        }
        return new Writings(objects);
    }

    /** Those of which the name, such as {@code Service orders-db}, is wanted. */
    Writings of(Predicate<String> wanted) {
        SortedMap<String, Writing> some = new TreeMap<>(objects);
        some.keySet().removeIf(wanted.negate());
        return new Writings(some);
    }

    /** What the operator has written or removed since, each with what is different; empty for nothing. */
    List<String> changesTo(Writings later) {
        Set<String> names = new TreeSet<>(objects.keySet());
        names.addAll(later.objects.keySet());
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            Writing before = objects.get(name);
            Writing after = later.objects.get(name);
            if (before == null) {
                changes.add(name + " is new: " + after.content());
            } else if (after == null) {
                changes.add(name + " is gone, or not the operator's any more");
            } else if (!before.marks().equals(after.marks())) {
                changes.add(name + " was written: " + before.marks() + " -> " + after.marks() + "; "
                        + difference(before.content(), after.content()));
            }
        }
        return changes;
    }

    private static Map<String, String> difference(Map<String, String> before, Map<String, String> after) {
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        Map<String, String> different = new TreeMap<>();
        for (String path : paths) {
            if (!Objects.equals(before.get(path), after.get(path))) {
                different.put(path, before.get(path) + " -> " + after.get(path));
            }
        }
        return different;
    }

    /** An event is written once, under no name of ours, and says whose it is. */
    private static Set<Mark> marks(HasMetadata object) {
        Set<Mark> marks = new LinkedHashSet<>();
        if (object instanceof Event event) {
            if (Objects.requireNonNullElse(event.getReportingController(), "").startsWith("sshtunnels.dev/")) {
                marks.add(new Mark(
                        event.getMetadata().getUid(), event.getMetadata().getCreationTimestamp(), ""));
            }
            return marks;
        }
        for (ManagedFieldsEntry entry : object.getMetadata().getManagedFields()) {
            if (entry.getManager().equals(OperatorSettings.FIELD_MANAGER)) {
                String what = Stream.of(entry.getOperation(), entry.getSubresource())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" "));
                marks.add(new Mark(what, entry.getTime(), JSON.asJson(entry.getFieldsV1())));
            }
        }
        return marks;
    }

    private static SortedMap<String, String> content(HasMetadata object) {
        SortedMap<String, String> content = new TreeMap<>();
        put(content, "", JSON.convertValue(object, Map.class));
        content.keySet()
                .removeIf(
                        path -> path.startsWith("/metadata/managedFields") || path.equals("/metadata/resourceVersion"));
        return content;
    }

    private static void put(Map<String, String> content, String path, Object value) {
        switch (value) {
            case Map<?, ?> fields -> fields.forEach((name, field) -> put(content, path + "/" + name, field));
            case List<?> items -> {
                for (int i = 0; i < items.size(); i++) {
                    put(content, path + "/" + i, items.get(i));
                }
            }
            case null -> {}
            default -> content.put(path, value.toString());
        }
    }
}
