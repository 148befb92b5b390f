/**
 * Everything that a login needs, gathered from the plan and from Secrets and ConfigMaps, or what is missing.
 *
 * <p>It must not know when a login is tried, nor what came of the last one.
 */
package dev.sshtunnels.agent.login;
