/**
 * The independent truth that the decoder and the analysis are tested against: builders that make
 * traces byte by byte, a plain decoder, and an analysis by brute force. Slow and simple on purpose;
 * it shares no code with what it judges. The sources of its format facts are the kernel's {@code
 * include/linux/ring_buffer.h}, {@code kernel/trace/ring_buffer.c} and the trace.dat manual page,
 * as collected in the project's fact sheet.
 */
package org.vmtrace.testkit;
