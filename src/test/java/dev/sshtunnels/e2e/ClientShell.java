package dev.sshtunnels.e2e;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A shell in the client pod that stays open: what it is asked happens without the time that a new one takes. */
final class ClientShell implements AutoCloseable {
    /** SSLRequest of PostgreSQL's protocol, which answers N (or S) before any login. */
    private static final String SSL_REQUEST = "\\0\\0\\0\\10\\4\\322\\26\\57";

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    ClientShell(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** A command that prints the first byte of a PostgreSQL at this address, or what went wrong within three seconds. */
    static String firstByte(String host, int port) {
        return "echo \"$(timeout 3 bash -c 'exec 3<> /dev/tcp/%s/%d && printf \"%s\" >&3 && head -c 1 <&3' 2>&1 | tail -1)\""
                .formatted(host, port, SSL_REQUEST);
    }

    /**
     * A command that connects again and again until it gets a line, and then prints how many connections got the first
     * byte and how many did not.
     */
    static String connectUntilTold(String host, int port) {
        return "good=0; bad=0; until read -t 0.05 line; do answer=$(%s); if [ \"$answer\" = N ]; then good=$((good + 1));"
                        .formatted(firstByte(host, port))
                + " else bad=$((bad + 1)); fi; done; echo \"good $good bad $bad\"";
    }

    /** Sends a line and returns the line that answers it. */
    String ask(String command) {
        tell(command);
        return answer();
    }

    void tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answer() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
