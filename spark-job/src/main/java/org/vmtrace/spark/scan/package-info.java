/**
 * The first look at all pages: each split is reduced to a little, which is joined stream by stream.
 */
package org.vmtrace.spark.scan;
