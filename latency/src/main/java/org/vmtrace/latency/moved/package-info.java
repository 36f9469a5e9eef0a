/** Threads that were seen on several streams of their recording, from their events in one order. */
package org.vmtrace.latency.moved;
