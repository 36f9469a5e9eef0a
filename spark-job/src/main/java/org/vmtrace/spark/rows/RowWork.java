package org.vmtrace.spark.rows;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.vmtrace.latency.split.SplitRows;
import org.vmtrace.spark.input.RingBufferSplit;
import org.vmtrace.spark.plan.PlannedSplit;
import org.vmtrace.spark.scan.CarriedSplit;
import org.vmtrace.spark.scan.MovedSet;

/** What one task reads. */
sealed interface RowWork extends Serializable {
  /** Begins to read. */
  RowCursor open(ReadContext context) throws IOException;

  /**
   * Latencies and windows of splits.
   *
   * @param splits the splits, with what their neighbours know
   * @param moved threads whose rows are made elsewhere
   * @param wanted which rows are asked for
   */
  record Splits(List<CarriedSplit> splits, MovedSet moved, SplitRows.Wanted wanted)
      implements RowWork {
    @Override
    public RowCursor open(ReadContext context) {
      return new SplitRowCursor(splits, context.conf(), context.rules(), moved, wanted);
    }
  }

  /**
   * Latencies and windows of the threads of a recording that moved.
   *
   * @param recording the recording's number
   * @param streams a split of each of the recording's streams, in their order
   * @param threads the threads by {@link org.vmtrace.latency.ThreadKey}
   * @param steady whether time never steps back in any of the streams
   */
  record Moved(int recording, List<RingBufferSplit> streams, Set<Long> threads, boolean steady)
      implements RowWork {
    @Override
    public RowCursor open(ReadContext context) throws IOException {
      return new MovedRowCursor(this, context);
    }
  }

  /**
   * Events of splits.
   *
   * @param splits the splits
   */
  record Events(List<PlannedSplit> splits) implements RowWork {
    @Override
    public RowCursor open(ReadContext context) {
      return new SplitEventCursor(splits, context.conf());
    }
  }
}
