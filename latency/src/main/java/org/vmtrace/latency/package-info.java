/**
 * The words that all steps share: a latency, the rules of an analysis, a thread's key. The steps
 * are the packages below.
 */
package org.vmtrace.latency;
