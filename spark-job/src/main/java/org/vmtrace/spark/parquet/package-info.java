/** Writes Parquet a column at a time: pages are made from arrays, not row by row. */
package org.vmtrace.spark.parquet;
