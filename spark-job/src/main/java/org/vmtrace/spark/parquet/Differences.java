package org.vmtrace.spark.parquet;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;

/** Stores numbers as the packed differences of neighbours. Not thread-safe. */
abstract class Differences {
  private static final int SLAB_BYTES = 1 << 14;
  private static final int LARGEST_SLAB_BYTES = 1 << 18;

  private Differences() {}

  static Differences ofLongs() {
    return new Longs();
  }

  static Differences ofInts() {
    return new Ints();
  }

  /** The first numbers of an array, encoded; good until the next are. */
  abstract BytesInput of(long[] values, int count);

  /** What this is called. */
  final Encoding encoding() {
    return Encoding.DELTA_BINARY_PACKED;
  }

  private static final class Longs extends Differences {
    private final ValuesWriter writer =
        new DeltaBinaryPackingValuesWriterForLong(
            SLAB_BYTES, LARGEST_SLAB_BYTES, HeapByteBufferAllocator.getInstance());

    @Override
    BytesInput of(long[] values, int count) {
      writer.reset();
      for (int i = 0; i < count; i++) {
        writer.writeLong(values[i]);
      }
      return writer.getBytes();
    }
  }

  private static final class Ints extends Differences {
    private final ValuesWriter writer =
        new DeltaBinaryPackingValuesWriterForInteger(
            SLAB_BYTES, LARGEST_SLAB_BYTES, HeapByteBufferAllocator.getInstance());

    @Override
    BytesInput of(long[] values, int count) {
      writer.reset();
      for (int i = 0; i < count; i++) {
        writer.writeInteger((int) values[i]);
      }
      return writer.getBytes();
    }
  }
}
