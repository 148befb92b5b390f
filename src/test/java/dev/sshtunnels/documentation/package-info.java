/**
 * What users read and copy: examples, README and docs say what is true of this version.
 *
 * <p>It must not need a cluster; that the examples work on one is shown by the end-to-end tests.
 */
package dev.sshtunnels.documentation;
