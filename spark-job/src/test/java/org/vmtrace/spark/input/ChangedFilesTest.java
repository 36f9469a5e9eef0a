package org.vmtrace.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.ring.EventBatch;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.TraceDatBuilder;

/** Files that change between being found and being read: those that grew are read, no others. */
class ChangedFilesTest {
  private static final int PAGE = 4096;
  private static final FileTime FOUND = FileTime.fromMillis(1_700_000_000_000L);
  private static final FileTime LATER = FileTime.fromMillis(1_700_000_060_000L);
  private static final FileTime EARLIER = FileTime.fromMillis(1_600_000_000_000L);

  @TempDir Path folder;

  private final Configuration conf = new Configuration();
  private Path file;
  private RingBufferSplit split;

  @BeforeEach
  void findAFile() throws IOException {
    file = folder.resolve("trace.dat");
    write(trace(1, 2), FOUND);
    RingBufferInputFormat.setSplitBytes(conf, Long.MAX_VALUE);
    Job job = Job.getInstance(conf);
    FileInputFormat.setInputPaths(job, new org.apache.hadoop.fs.Path(file.toUri()));
    split = (RingBufferSplit) new RingBufferInputFormat().getSplits(job).get(0);
  }

  /** One exit a page. */
  private static byte[] trace(long recordingId, int pages) {
    KvmEvents kvm = KvmEvents.linux61();
    byte[] bytes = new byte[pages * PAGE];
    for (int page = 0; page < pages; page++) {
      byte[] built =
          new PageBuilder(PageShape.X86_64, 1000 + page)
              .event(1000 + page, kvm.exit(77, PlainIsa.VMX, 30, 0, 0))
              .build();
      System.arraycopy(built, 0, bytes, page * PAGE, PAGE);
    }
    return new TraceDatBuilder(PageShape.X86_64)
        .events(kvm)
        .traceId(recordingId)
        .pages(0, bytes)
        .version6();
  }

  private void write(byte[] content, FileTime modified) throws IOException {
    Files.write(file, content);
    Files.setLastModifiedTime(file, modified);
  }

  /** How many exits are read. */
  private int exits() throws IOException {
    int exits = 0;
    try (RingBufferRecordReader reader = RingBufferRecordReader.open(split, conf)) {
      while (reader.nextKeyValue()) {
        EventBatch batch = reader.getCurrentValue();
        for (int row = 0; row < batch.size(); row++) {
          exits += batch.kind(row) == EventBatch.EXIT ? 1 : 0;
        }
      }
    }
    return exits;
  }

  private void assertRefused() {
    assertThatThrownBy(this::exits)
        .isInstanceOf(IOException.class)
        .hasMessage(file + " has changed since it was found: run again, or load it again");
  }

  @Test
  void aFileThatGrewIsReadUpToWhereItEnded() throws IOException {
    write(trace(1, 3), LATER);
    assertThat(exits()).isEqualTo(2);
  }

  @Test
  void aTimeOfWhichOnlyTheSecondsAreToldIsTheSame() throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(FOUND.toMillis() + 123));
    assertThat(exits()).isEqualTo(2);
  }

  @Test
  void anotherTraceOfTheSameLengthIsNotRead() throws IOException {
    write(trace(2, 2), LATER);
    assertRefused();
  }

  @Test
  void aFileThatIsShorterIsNotRead() throws IOException {
    write(Arrays.copyOf(trace(1, 2), PAGE), LATER);
    assertRefused();
  }

  @Test
  void aLongerFileOfAnotherRecordingIsNotRead() throws IOException {
    write(trace(2, 3), LATER);
    assertRefused();
  }

  @Test
  void aLongerFileThatIsOlderIsNotRead() throws IOException {
    write(trace(1, 3), EARLIER);
    assertRefused();
  }

  @Test
  void aFileThatIsReplacedAfterItsHeaderWasReadIsNotRead() throws IOException {
    assertThat(exits()).isEqualTo(2);
    write(trace(2, 3), LATER);
    assertRefused();
  }
}
