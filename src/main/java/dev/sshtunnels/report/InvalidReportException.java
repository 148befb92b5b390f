package dev.sshtunnels.report;

/** What was received is not a report; the message says which part is wrong. */
public final class InvalidReportException extends Exception {

    InvalidReportException(String message) {
        super(message);
    }

    InvalidReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
