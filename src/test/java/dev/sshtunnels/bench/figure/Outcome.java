package dev.sshtunnels.bench.figure;

/** One line of the table. */
public record Outcome(Figure figure, Spread agent, Spread ssh) {

    /** How many times better the agent's median is. */
    public double ratio() {
        return figure.better().ratio(agent.median(), ssh.median());
    }

    public boolean met() {
        return figure.goal().met(agent.median(), ratio());
    }

    /** {@code met}, {@code not met}, or nothing for a figure without a goal. */
    String verdict() {
        return switch (figure.goal()) {
            case Goal.None _ -> "";
            case Goal.Ratio _, Goal.AtMost _ -> met() ? "met" : "not met";
        };
    }
}
