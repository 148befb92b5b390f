/**
 * What is measured, how two samples of it compare, and how the outcome is shown.
 *
 * <p>It must not know how anything is measured.
 */
package dev.sshtunnels.bench.figure;
