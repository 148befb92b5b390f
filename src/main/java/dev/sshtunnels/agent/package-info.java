/**
 * The process that holds one SSH session and its forwards: reads documents, follows their changes, keeps the session
 * up and says what it sees.
 *
 * <p>It must not know Kubernetes: documents, Secrets and ConfigMaps are files, whoever writes them.
 */
package dev.sshtunnels.agent;
