/** The data source {@code vm-trace}: the tables of traces as DataFrames, column by column. */
package org.vmtrace.spark.source;
