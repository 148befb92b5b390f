/**
 * What a forward tells of itself, and what can be asked of it: its state, its connections and their ends.
 *
 * <p>It must not know how a forward does its work.
 */
package dev.sshtunnels.forward.contract;
