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
 * The sections of version 7 that the chain of options leads through, after a header that is good
 * but for where it says that the options begin.
 */
class OptionChainFuzzTest {
  private static final int OPTION_SECTION = 0;
  private static final byte[] MAGIC =
      "\u0017\u0008Dtracing7\0\0\u0008".getBytes(StandardCharsets.US_ASCII);

  /** The magic, the page size, the compression's name and version, which are empty. */
  private static final int HEAD = MAGIC.length + Integer.BYTES + "none\0\0".length();

  /** All that stands after the header: as it is, and with one more section of options in front. */
  static Stream<byte[]> seeds() {
    byte[] file = SeedFiles.dat().version7();
    long options = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(HEAD);
    ByteBuffer longer =
        ByteBuffer.allocate(file.length + 16 + 14).order(ByteOrder.LITTLE_ENDIAN).put(file);
    // An option of type 0 leads to the next section.
    longer.putShort((short) OPTION_SECTION).putShort((short) 0).putInt(0).putLong(14);
    longer.putShort((short) 0).putInt(8).putLong(options);
    longer.putLong(HEAD, file.length);
    return Stream.of(file, longer.array())
        .map(bytes -> Arrays.copyOfRange(bytes, HEAD, bytes.length));
  }

  /** A file with this after its header. */
  static byte[] file(byte[] behind) {
    byte[] file = Arrays.copyOf(SeedFiles.dat().version7(), HEAD + behind.length);
    System.arraycopy(behind, 0, file, HEAD, behind.length);
    return file;
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyChainEnds(byte[] input) throws IOException {
    AnyFile.check(file(input), OpenOptions.defaults());
  }
}
