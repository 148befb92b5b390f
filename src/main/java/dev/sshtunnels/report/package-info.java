/**
 * The contract between an agent and the operator: what an agent says of itself at {@code GET /status}, and its JSON.
 *
 * <p>It must not know how either side comes to its facts, and it grows only with fields that both sides use.
 */
package dev.sshtunnels.report;
