/**
 * What an edit of each field leads to, found out with the operator's own decisions, and the page that says so.
 *
 * <p>It must not know how the decisions are carried out: what counts is which children come out different.
 */
package dev.sshtunnels.operator.edits;
