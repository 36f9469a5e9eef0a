package org.vmtrace.file.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.file.Rows;
import org.vmtrace.file.Sample;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.TraceFormatException;

class TraceDat6RepairTest {
  private static final byte[] PAGES = Sample.X86_64.pages(3, 1_000);

  @TempDir Path folder;

  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("trace.bin");
  }

  /** Writes CPU 2's pages without their last bytes, and finishes the file only if told to. */
  private void record(int missingBytes, boolean finish) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      TraceDat6Writer writer =
          new TraceDat6Writer(channel, TraceDat6WriterTest.header(Sample.X86_64));
      channel.write(ByteBuffer.wrap(PAGES, 0, PAGES.length - missingBytes), writer.beginCpu(2));
      if (finish) {
        writer.endCpu(2, PAGES.length);
        writer.finish(Map.of(), Map.of());
      }
    }
  }

  @Test
  void aRepairedFileIsTheOneThatWouldHaveBeenFinishedWithItsWholePages() throws IOException {
    record(10, false);

    assertThat(TraceDat6Repair.repair(path)).isEqualTo(2);

    byte[] repaired = Files.readAllBytes(path);
    try (TraceFile file = Sample.open(repaired)) {
      assertThat(file.metadata().warnings()).isEmpty();
      assertThat(Rows.of(file, file.streams().get(0)))
          .isEqualTo(Rows.of(Sample.X86_64.plain(2, Sample.cut(PAGES, 8192))));
      long dataAt = file.streams().get(0).offset();
      assertThat(repaired).hasSize((int) dataAt + 8192);
    }
  }

  @Test
  void aFinishedFileIsNotTouched() throws IOException {
    record(0, true);
    byte[] before = Files.readAllBytes(path);

    assertThat(TraceDat6Repair.repair(path)).isEqualTo(-1);
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    assertThat(TraceDat6Repair.repair(path)).isEqualTo(-1);
  }

  @Test
  void aRecorderThatDiedBeforeItsFirstPageLeavesAFileWithoutPages() throws IOException {
    record(PAGES.length, false);

    assertThat(TraceDat6Repair.repair(path)).isZero();
    try (TraceFile file = Sample.open(Files.readAllBytes(path))) {
      assertThat(file.streams()).isEmpty();
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Files.write(path, Arrays.copyOf(new byte[] {1, (byte) 0x6d, (byte) 0xe9, (byte) 0xcc}, 5000));

    assertThatThrownBy(() -> TraceDat6Repair.repair(path))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("no trace.dat file of version 6");
  }

  @Test
  void neverWritesThroughASymbolicLink() throws IOException {
    record(10, false);
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    byte[] before = Files.readAllBytes(path);

    assertThatThrownBy(() -> TraceDat6Repair.repair(link)).isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }

  @Test
  void aFileThatItsRecorderHasLockedIsNotTouched() throws IOException {
    record(10, false);
    byte[] before = Files.readAllBytes(path);

    try (FileChannel recorder = FileChannel.open(path, StandardOpenOption.WRITE)) {
      recorder.lock();
      assertThatThrownBy(() -> TraceDat6Repair.repair(path))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("is being written by a vm-trace-collect");
    }
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
  }
}
