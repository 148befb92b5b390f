/**
 * What goes wrong, made at will: a network of its own with a firewall and a narrow link, a TCP middlebox that freezes, cuts
 * and corrupts, a reverse proxy that answers what it likes, a name server that lies or says nothing.
 *
 * <p>It must not know SSH, nor who suffers. Everything ends with what was started here, and with this JVM.
 */
package dev.sshtunnels.faults.inject;
