/** Latencies, windows and events on their way to tables, split by split. */
package org.vmtrace.spark.rows;
