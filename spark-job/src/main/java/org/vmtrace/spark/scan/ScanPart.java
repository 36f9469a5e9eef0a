package org.vmtrace.spark.scan;

import java.io.Serializable;

/**
 * A part of what the scan found in a split, as bytes: the same whoever keeps it, in memory or on
 * disk, and merging cannot change what is kept. A split has any number of {@link KeptWindows}, then
 * one {@link ScannedSplit}.
 */
public sealed interface ScanPart extends Serializable permits KeptWindows, ScannedSplit {}
