package dev.sshtunnels.management;

/** Answers GET requests for one path; may block, each request has a thread of its own. */
@FunctionalInterface
public interface Endpoint {

    Response get(Request request) throws InterruptedException;
}
