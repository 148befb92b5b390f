package dev.sshtunnels.operator.edits;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out what an edit leads to, by the children before and after it. */
final class Effects {

    private Effects() {}

    static Set<Effect> of(Edit edit) {
        Children before = Children.ofNew(edit);
        Children after = before.after(edit);
        if (before.rejected()) {
            throw new IllegalStateException(edit + ": the object was not accepted before the edit");
        }
        if (after.rejected()) {
            return EnumSet.of(Effect.REFUSED);
        }
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        var old = before.deployment().getSpec();
        var now = after.deployment().getSpec();
        if (!old.getTemplate().equals(now.getTemplate())) {
            effects.add(Effect.NEW_PODS);
        }
        if (!old.getReplicas().equals(now.getReplicas())) {
            effects.add(Effect.NUMBER_OF_PODS);
        }
        if (after.tunnelDocument() == null) {
            effects.add(Effect.OTHER_PODS);
        } else if (!Objects.equals(before.tunnelDocument(), after.tunnelDocument())) {
            effects.add(Effect.IN_PLACE);
        }
        if (!before.services().equals(after.services())) {
            effects.add(Effect.SERVICE);
        }
        return effects.isEmpty() ? EnumSet.of(Effect.NOTHING) : effects;
    }

    static String words(Set<Effect> effects) {
        return effects.stream().map(Effect::words).collect(Collectors.joining(", "));
    }
}
