package org.vmtrace.spark.rows;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.vmtrace.latency.AnalysisRules;

/**
 * What all tasks know.
 *
 * @param conf how to read files
 * @param rules the rules by the recording's number
 */
record ReadContext(Configuration conf, List<AnalysisRules> rules) {}
