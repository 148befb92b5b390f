/**
 * Reads documents: YAML or JSON to the records of the API, with every mistake by file, line and field.
 *
 * <p>It must not know where documents come from, nor what is done with them.
 */
package dev.sshtunnels.manifest;
