/**
 * What the documents ask for, and which of them are in force.
 *
 * <p>It must not know how a session is made, nor whether there is one.
 */
package dev.sshtunnels.agent.plan;
