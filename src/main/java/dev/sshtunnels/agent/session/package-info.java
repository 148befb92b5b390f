/**
 * Keeps one session up and the forwards of the plan in it, and ends both in good order.
 *
 * <p>It must not know who is told of it: witnesses hear what happens, and it waits for none of them.
 */
package dev.sshtunnels.agent.session;
