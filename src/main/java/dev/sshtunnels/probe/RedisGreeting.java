package dev.sshtunnels.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;

/** PING (RESP): +PONG, or any error reply such as -NOAUTH, -LOADING or -DENIED, which only a server gives. */
record RedisGreeting() implements Greeting {

    private static final byte[] PONG = "+PONG".getBytes(US_ASCII);
    private static final Pattern ERROR = Pattern.compile("-[A-Z]+[ \r\n].*", Pattern.DOTALL);
    private static final Pattern ERROR_SO_FAR = Pattern.compile("-[A-Z]{0,32}");

    @Override
    public byte[] opening() {
        return "*1\r\n$4\r\nPING\r\n".getBytes(US_ASCII);
    }

    @Override
    public Verdict judge(byte[] answer) {
        String text = new String(answer, US_ASCII);
        if (ERROR.matcher(text).matches()) {
            return new Verdict.Alive("Redis answered");
        }
        if (ERROR_SO_FAR.matcher(text).matches()) {
            return Verdict.NEED_MORE;
        }
        return Prefix.of(PONG, answer).verdict("Redis answered", "Redis");
    }

    @Override
    public byte[] farewell(byte[] answer) {
        return "*1\r\n$4\r\nQUIT\r\n".getBytes(US_ASCII);
    }
}
