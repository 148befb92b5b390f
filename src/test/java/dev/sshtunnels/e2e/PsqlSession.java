package dev.sshtunnels.e2e;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A psql that stays connected: two answers from one backend prove that its connection was not cut between them. */
final class PsqlSession implements AutoCloseable {

    private final Process process;
    private final BufferedWriter statements;
    private final BufferedReader answers;

    PsqlSession(Process process) {
        this.process = process;
        this.statements = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** Sends a statement and returns the one line that answers it, or what psql says before it ends. */
    String ask(String statement) {
        try {
            statements.write(statement + ";\n");
            statements.flush();
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server process of this connection, another one for every connection. */
    String backend() {
        return ask("select pg_backend_pid()");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
