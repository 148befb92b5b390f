/**
 * The kinds: their CRDs, the files they accept and refuse, and that records and reader agree with them.
 *
 * <p>It must not know what the operator or an agent does with a document.
 */
package dev.sshtunnels.crd;
