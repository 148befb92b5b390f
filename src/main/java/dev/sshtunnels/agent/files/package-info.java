/**
 * The files that an agent is told by: where they are, what is in them, and when they change.
 *
 * <p>It must not know what a document means; a Secret is a name and bytes here.
 */
package dev.sshtunnels.agent.files;
