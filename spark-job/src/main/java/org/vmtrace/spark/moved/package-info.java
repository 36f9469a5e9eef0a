/** Threads that moved between CPUs: their events are sorted across the streams and paired again. */
package org.vmtrace.spark.moved;
