package org.vmtrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.vmtrace.file.Extent;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.SplitAnalysis;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.EventBatch;

/**
 * What holds for a file of any bytes: it is refused in one line that names the place, or its
 * streams lie within it, have no more rows than their bytes can hold, and give the same rows and
 * the same numbers however they are cut. Any other exception, and memory beyond the JVM's, ends the
 * test.
 */
final class AnyFile {
  /** A damaged file may name many; some of them will do. */
  private static final int STREAMS = 64;

  private AnyFile() {}

  static void check(byte[] bytes, OpenOptions options) throws IOException {
    try (TraceFile file = TraceFiles.open(new BytesInput(bytes), options)) {
      for (String warning : file.metadata().warnings()) {
        assertThat(warning).isNotEmpty().doesNotContain("\n");
      }
      assertThat(file.streams().stream().mapToLong(PageStream::bytes).sum())
          .isLessThanOrEqualTo(bytes.length);
      file.streams().stream().limit(STREAMS).forEach(stream -> checkStream(file, stream, bytes));
    } catch (TraceFormatException e) {
      assertThat(e.getMessage()).startsWith(BytesInput.NAME + ": ").doesNotContain("\n");
      assertThat(e.offset()).isBetween(-1L, Math.max(bytes.length, 64L << 20));
    }
  }

  private static void checkStream(TraceFile file, PageStream stream, byte[] bytes) {
    try {
      assertThat(stream.offset()).isBetween(0L, (long) bytes.length);
      if (!stream.isChunked()) {
        long least = stream.cut() ? 0 : 1;
        assertThat(stream.bytes()).isBetween(least, bytes.length - stream.offset());
      }
      Rows whole = rows(file, stream, List.of(stream.whole()));
      if (!stream.isChunked()) {
        assertThat(whole.count).isLessThanOrEqualTo(2 + stream.bytes() / Integer.BYTES);
      }
      assertThat(rows(file, stream, stream.extents(file.input(), 1))).isEqualTo(whole);
      assertThat(rows(file, stream, stream.extents(file.input(), bytes.length / 3 + 1)))
          .isEqualTo(whole);
      assertThat(numbers(file, stream, stream.extents(file.input(), 1)))
          .isEqualTo(numbers(file, stream, List.of(stream.whole())));
    } catch (IOException e) {
      throw new AssertionError("reading memory failed", e);
    }
  }

  /** How many rows there were, and what they said. */
  private record Rows(long count, long hash) {}

  private static Rows rows(TraceFile file, PageStream stream, List<Extent> extents)
      throws IOException {
    EventBatch batch = new EventBatch(100);
    long count = 0;
    long hash = 0;
    for (Extent extent : extents) {
      StreamReader reader = new StreamReader(file, stream, extent);
      while (reader.next(batch)) {
        if (batch.size() == 0) {
          throw new AssertionError("a batch without rows");
        }
        count += batch.size();
        for (int row = 0; row < batch.size(); row++) {
          hash = 31 * hash + hash(batch, row);
        }
      }
    }
    return new Rows(count, hash);
  }

  private static byte[] numbers(TraceFile file, PageStream stream, List<Extent> extents)
      throws IOException {
    AnalysisRules rules = AnalysisChoice.DEFAULT.rulesFor(file.schema().reasons());
    SplitAnalysis joined = SplitAnalysis.none(rules, stream.cpu());
    EventBatch batch = new EventBatch(100);
    for (Extent extent : extents) {
      SplitAnalyzer split = new SplitAnalyzer(rules, stream.cpu());
      StreamReader reader = new StreamReader(file, stream, extent);
      while (reader.next(batch)) {
        split.accept(batch);
      }
      joined = joined.then(split.finish());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    joined.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static long hash(EventBatch batch, int row) {
    long hash = batch.kind(row);
    if (batch.kind(row) == EventBatch.DAMAGE) {
      // Its time is the last one that its split knows.
      hash = 31 * hash + Damage.ofCode(batch.code(row)).code();
    } else {
      hash = 31 * hash + batch.time(row);
      hash = 31 * hash + batch.code(row);
    }
    if (batch.isEvent(row)) {
      int payloadEnd = batch.payloadOffset(row) + batch.payloadBytes(row);
      if (batch.payloadOffset(row) < 0 || payloadEnd > batch.bytes().length) {
        throw new AssertionError("a payload lies outside of the pages that were read");
      }
    }
    hash = 31 * hash + batch.thread(row);
    hash = 31 * hash + batch.position(row);
    return 31 * hash + batch.instructionPointer(row);
  }
}
