/**
 * The input format: traces as batches of events, split for parallel work, on any Hadoop file
 * system.
 */
package org.vmtrace.spark.input;
