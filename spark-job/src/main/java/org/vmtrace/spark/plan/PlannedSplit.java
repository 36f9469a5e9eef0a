package org.vmtrace.spark.plan;

import java.io.Serializable;
import org.vmtrace.spark.input.RingBufferSplit;

/**
 * A split of the plan.
 *
 * @param number its number in the plan, from 0: splits are ordered by recording, stream, page
 * @param recording the recording's number in the plan
 * @param streamInRecording the stream's number in its recording
 * @param split where its pages lie
 */
public record PlannedSplit(int number, int recording, int streamInRecording, RingBufferSplit split)
    implements Serializable {}
