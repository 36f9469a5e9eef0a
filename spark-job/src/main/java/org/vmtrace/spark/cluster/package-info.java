/**
 * The way from the driver to the executors and back: what all tasks know, work as bytes, failures
 * in one line.
 */
package org.vmtrace.spark.cluster;
