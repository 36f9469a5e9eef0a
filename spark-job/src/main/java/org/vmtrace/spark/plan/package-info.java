/** Finds traces, reads their headers on the executors, and cuts them into splits and tasks. */
package org.vmtrace.spark.plan;
