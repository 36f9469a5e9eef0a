/** The vm-trace-analyze command: the input format and the Spark job. */
package org.vmtrace.spark;
