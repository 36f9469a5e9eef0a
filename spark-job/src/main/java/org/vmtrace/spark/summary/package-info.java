/** Merges what the scan has counted into the summary. */
package org.vmtrace.spark.summary;
