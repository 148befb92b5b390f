package dev.sshtunnels.bench.link;

import java.util.concurrent.TimeUnit;

/** A program that makes two network interfaces and is the wire between them, until it is ended. */
public final class DelayLine {

    private DelayLine() {}

    /** Arguments: names of both interfaces, and the milliseconds that a packet takes from one to the other. */
    public static void main(String[] arguments) {
        Tun one = new Tun(arguments[0]);
        Tun other = new Tun(arguments[1]);
        long delay = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[2]));
        new DelayedWay(one, other, delay).start();
        new DelayedWay(other, one, delay).start();
    }
}
