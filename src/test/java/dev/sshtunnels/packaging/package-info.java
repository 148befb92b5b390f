/**
 * What users install: the chart, install.yaml and the copies of the definitions in them.
 *
 * <p>It must not know the product's classes: a rendered manifest is judged as the API server would see it.
 */
package dev.sshtunnels.packaging;
