/** Sums of latencies over sliding and tumbling windows of time. */
package org.vmtrace.latency.window;
