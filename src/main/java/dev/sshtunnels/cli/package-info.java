/**
 * The commands {@code sshtunnel run} and {@code sshtunnel operator}: options in, a process out.
 *
 * <p>It must not know how either does its work. Only this package reads arguments, standard input and the environment.
 */
package dev.sshtunnels.cli;
