/** From events to answers: pairs, windows, histograms and the summary. */
package org.vmtrace.latency;
