package org.vmtrace.spark.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/**
 * Parquet's hybrid of run lengths and packed bits, for small numbers: dictionary ids, flags and
 * definition levels. One run, which most pages are, costs nothing per value.
 */
final class Runs {
  private static final int SLAB_BYTES = 1 << 10;
  private static final int LARGEST_SLAB_BYTES = 1 << 16;

  private Runs() {}

  /** Numbers of a page; the bit width is not part of it. */
  static void write(int[] values, int count, int bitWidth, ByteArrayOutputStream out)
      throws IOException {
    if (allEqual(values, count)) {
      writeRun(values[0], count, bitWidth, out);
      return;
    }
    RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            bitWidth, SLAB_BYTES, LARGEST_SLAB_BYTES, HeapByteBufferAllocator.getInstance());
    try {
      for (int i = 0; i < count; i++) {
        encoder.writeInt(values[i]);
      }
      encoder.toBytes().writeAllTo(out);
    } finally {
      encoder.close();
    }
  }

  /** The same number so many times. */
  static void writeRun(int value, int count, int bitWidth, ByteArrayOutputStream out)
      throws IOException {
    BytesUtils.writeUnsignedVarInt(count << 1, out);
    BytesUtils.writeIntLittleEndianPaddedOnBitWidth(out, value, bitWidth);
  }

  static boolean allEqual(int[] values, int count) {
    int first = values[0];
    for (int i = 1; i < count; i++) {
      if (values[i] != first) {
        return false;
      }
    }
    return true;
  }
}
