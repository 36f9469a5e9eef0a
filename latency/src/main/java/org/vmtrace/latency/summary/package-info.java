/** The numbers that are shown. */
package org.vmtrace.latency.summary;
