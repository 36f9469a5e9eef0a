/**
 * The vm-trace-analyze command and its job: the order of the steps, and the folder of the result.
 */
package org.vmtrace.spark;
