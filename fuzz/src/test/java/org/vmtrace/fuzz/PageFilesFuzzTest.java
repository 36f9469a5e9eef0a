package org.vmtrace.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.testkit.OriginalFile;
import org.vmtrace.testkit.PageShape;

/** Files that are pages: bare ones, and those of the original tool. */
class PageFilesFuzzTest {
  private static final PageKind ORIGINAL =
      new PageKind(PageShape.X86_64, PageKind.ALL.get(0).kernel);

  static Stream<byte[]> seeds() {
    byte[] original = original();
    ByteBuffer header = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN);
    byte[] otherKernel = original.clone();
    ByteBuffer.wrap(otherKernel).order(ByteOrder.LITTLE_ENDIAN).putInt(4, header.getInt(4) + 1);
    return Stream.of(
        original, otherKernel, SeedPages.of(SeedFiles.KIND), SeedPages.of(PageKind.ALL.get(4)));
  }

  private static byte[] original() {
    return OriginalFile.of(1449, 1440, SeedPages.of(ORIGINAL));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyFileIsReadOrRefused(byte[] input) throws IOException {
    AnyFile.check(input, OpenOptions.defaults());
    AnyFile.check(input, OpenOptions.defaults().withFormats(SeedFiles.KIND.formats));
    AnyFile.check(input, OpenOptions.defaults().withFormats(PageKind.ALL.get(3).formats));
  }
}
