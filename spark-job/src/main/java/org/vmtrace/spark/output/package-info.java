/** The Parquet tables: rows go from columns to columns, both tables under one committer. */
package org.vmtrace.spark.output;
