package org.vmtrace.spark.moved;

import java.nio.ByteBuffer;
import org.vmtrace.latency.moved.Gap;
import org.vmtrace.latency.moved.Gaps;
import org.vmtrace.latency.moved.MovedEvent;
import org.vmtrace.latency.moved.MovedThread;
import org.vmtrace.latency.moved.Place;
import org.vmtrace.spark.scan.ThreadOrder;
import scala.Tuple2;

/** One event of a thread that moved, or one gap that concerns it, as key and value of a shuffle. */
final class MovedPart {
  private static final int GAP = 0;
  private static final int EVENT = 1;

  private static final int EVENT_BYTES = 27;
  private static final int PLACE_BYTES = 24;

  private MovedPart() {}

  static Tuple2<byte[], byte[]> of(int recording, long thread, MovedEvent event) {
    ByteBuffer value = ByteBuffer.allocate(EVENT_BYTES);
    value.put((byte) EVENT).putInt(event.cpu()).put((byte) (event.exit() ? 1 : 0));
    value.putLong(event.code()).put(event.flags()).putLong(event.instructionPointer());
    value.putInt(event.vcpu());
    return new Tuple2<>(ThreadOrder.place(recording, thread, event.place(), EVENT), value.array());
  }

  static Tuple2<byte[], byte[]> of(int recording, long thread, Gap gap) {
    ByteBuffer value = ByteBuffer.allocate(1 + PLACE_BYTES).put((byte) GAP);
    value.putLong(gap.to().time()).putInt(gap.to().stream());
    value.putLong(gap.to().page()).putInt(gap.to().index());
    return new Tuple2<>(ThreadOrder.place(recording, thread, gap.from(), GAP), value.array());
  }

  /** Gives the part to its thread; parts come in the order of their keys. */
  static void feed(Tuple2<byte[], byte[]> part, MovedThread thread, Gaps gaps) {
    ByteBuffer value = ByteBuffer.wrap(part._2());
    Place place = ThreadOrder.place(part._1());
    if (value.get() == GAP) {
      gaps.add(
          new Gap(
              place, new Place(value.getLong(), value.getInt(), value.getLong(), value.getInt())));
      return;
    }
    thread.accept(
        new MovedEvent(
            place,
            value.getInt(),
            value.get() != 0,
            value.getLong(),
            value.get(),
            value.getLong(),
            value.getInt()));
  }
}
