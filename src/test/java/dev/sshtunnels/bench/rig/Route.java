package dev.sshtunnels.bench.rig;

/** The forwards that each contestant holds, all in one session. */
public enum Route {
    BULK(Direction.LOCAL, Target.BULK),
    HTTP(Direction.LOCAL, Target.HTTP),
    ECHO(Direction.LOCAL, Target.ECHO),
    REMOTE_BULK(Direction.REMOTE, Target.BULK),
    REMOTE_HTTP(Direction.REMOTE, Target.HTTP);

    /** Who listens: with {@code LOCAL} the client, with {@code REMOTE} the server. */
    enum Direction {
        LOCAL("L"),
        REMOTE("R");

        private final String letter;

        Direction(String letter) {
            this.letter = letter;
        }

        /** As {@code ssh} and the manifests name it. */
        String letter() {
            return letter;
        }
    }

    private final Direction direction;
    private final Target target;

    Route(Direction direction, Target target) {
        this.direction = direction;
        this.target = target;
    }

    Direction direction() {
        return direction;
    }

    Target target() {
        return target;
    }
}
