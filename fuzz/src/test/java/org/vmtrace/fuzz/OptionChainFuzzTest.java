package org.vmtrace.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.OpenOptions;

/**
 * The sections of version 7 that the chain of options leads through, behind a header that is good.
 */
class OptionChainFuzzTest {
  private static final int OPTION_SECTION = 0;

  /** All that stands behind the header, which says that the options begin right there. */
  static Stream<byte[]> seeds() {
    byte[] file = SeedFiles.dat().version7();
    byte[] head = head();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int options = (int) bytes.getLong(head.length - Long.BYTES);
    // A section that leads to the real one.
    ByteBuffer first = ByteBuffer.allocate(16 + 14).order(ByteOrder.LITTLE_ENDIAN);
    first.putShort((short) OPTION_SECTION).putShort((short) 0).putInt(0).putLong(14);
    first.putShort((short) 0).putInt(8).putLong(options);
    byte[] chained = Arrays.copyOfRange(file, head.length, file.length);
    System.arraycopy(first.array(), 0, chained, 0, first.capacity());
    byte[] direct = Arrays.copyOfRange(file, options, file.length);
    return Stream.of(chained, direct);
  }

  private static byte[] head() {
    byte[] text = "\u0017\u0008Dtracing7\0\0\u0008".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer head = ByteBuffer.allocate(text.length + 4 + 6 + 8).order(ByteOrder.LITTLE_ENDIAN);
    head.put(text).putInt(256).put("none\0\0".getBytes(StandardCharsets.US_ASCII));
    return head.putLong(head.capacity()).array();
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyChainEnds(byte[] input) throws IOException {
    byte[] head = head();
    byte[] file = Arrays.copyOf(head, head.length + input.length);
    System.arraycopy(input, 0, file, head.length, input.length);
    AnyFile.check(file, OpenOptions.defaults());
  }
}
