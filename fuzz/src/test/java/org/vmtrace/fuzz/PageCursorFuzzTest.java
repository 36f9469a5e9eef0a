package org.vmtrace.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.ring.RecordCursor;

/** Whatever bytes a page has, the cursor finds on it what the plain decoder finds. */
class PageCursorFuzzTest {
  /** A kind of page, the rows of a batch, pages. */
  static Stream<byte[]> seeds() {
    return IntStream.range(0, PageKind.ALL.size())
        .mapToObj(
            kind -> {
              byte[] pages = SeedPages.of(PageKind.ALL.get(kind));
              byte[] input = new byte[2 + pages.length];
              input[0] = (byte) kind;
              input[1] = (byte) (3 * kind);
              System.arraycopy(pages, 0, input, 2, pages.length);
              return input;
            });
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyPagesGiveWhatThePlainDecoderFinds(byte[] input) {
    if (input.length < 2) {
      return;
    }
    PageKind kind = PageKind.ALL.get((input[0] & 0xff) % PageKind.ALL.size());
    EventBatch batch = new EventBatch(1 + (input[1] & 0x3f));
    RecordCursor cursor = new RecordCursor(kind.layout, kind.fields);
    Agreement agreement = new Agreement();
    int pageBytes = kind.shape.pageBytes();
    for (int at = 2; at < input.length; at += pageBytes) {
      cursor.open(input, at, Math.min(pageBytes, input.length - at), at);
      boolean finished;
      do {
        batch.clear(0);
        finished = cursor.fill(batch);
        agreement.take(batch);
      } while (!finished);
    }
    byte[] pages = Arrays.copyOfRange(input, 2, input.length);
    agreement.compareWith(kind.plain.stream(0, pages).pages());
  }
}
