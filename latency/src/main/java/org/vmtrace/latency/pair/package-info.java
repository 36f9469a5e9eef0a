/** From events to pairs of an exit and the entry after it, thread by thread. */
package org.vmtrace.latency.pair;
