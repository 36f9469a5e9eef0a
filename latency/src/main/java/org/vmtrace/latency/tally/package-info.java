/** What is counted of threads and reasons and merges in any order. */
package org.vmtrace.latency.tally;
