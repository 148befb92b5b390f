package dev.sshtunnels.tunnel;

import dev.sshtunnels.api.TunnelProbe;
import java.util.Optional;

/**
 * What is found out of a tunnel's forwards without a client's connection.
 *
 * @param target how its targets are checked, empty for not at all
 * @param exposure whether it is proved where its R listeners can be reached
 */
public record Checks(Optional<TargetProbe> target, boolean exposure) {

    /** What a spec without {@code probe} asks for. */
    public static final Checks USUAL = new Checks(Optional.empty(), true);

    public static Checks of(TunnelProbe spec) {
        boolean unwanted = spec != null
                && spec.remote() != null
                && Boolean.FALSE.equals(spec.remote().enabled());
        return new Checks(TargetProbe.of(spec), !unwanted);
    }
}
