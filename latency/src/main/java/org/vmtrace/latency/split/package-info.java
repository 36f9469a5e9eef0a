/**
 * What one split of a stream contributes, and how neighbouring splits are joined to the last bit.
 */
package org.vmtrace.latency.split;
