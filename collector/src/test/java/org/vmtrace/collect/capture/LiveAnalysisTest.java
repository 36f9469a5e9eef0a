package org.vmtrace.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.PageStream;
import org.vmtrace.file.SeekableInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.tally.Glance;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainIsa;
import org.vmtrace.testkit.TraceDatBuilder;

/** On a file that is complete already. */
class LiveAnalysisTest {
  private static final KvmEvents KVM = KvmEvents.linux61();
  private static final int STAYS = 100;
  private static final int MOVES = 200;
  private static final int IO = 30;

  @TempDir Path folder;

  private OutOfMemoryError outOfMemory;
  private final AtomicLong longestBusy = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();

  private static PageBuilder page() {
    return new PageBuilder(PageShape.X86_64, 1_000_000);
  }

  private static byte[] exit(int thread) {
    return KVM.exit(thread, PlainIsa.VMX, IO, 0x1000, 0);
  }

  private static byte[] entry(int thread) {
    return KVM.entry(thread, 0x1002, 0, false);
  }

  private void look(long longest) {
    if (outOfMemory != null) {
      throw outOfMemory;
    }
    longestBusy.set(longest);
  }

  private LiveAnalysis analyse(byte[] pagesOfCpu0, byte[] pagesOfCpu1) throws IOException {
    return analyse(pagesOfCpu0, pagesOfCpu1, () -> {});
  }

  private LiveAnalysis analyse(byte[] pagesOfCpu0, byte[] pagesOfCpu1, Runnable beforehand)
      throws IOException {
    byte[] bytes =
        new TraceDatBuilder(PageShape.X86_64)
            .events(KVM)
            .pages(0, pagesOfCpu0)
            .pages(1, pagesOfCpu1)
            .version6();
    Path path = Files.write(folder.resolve("trace.dat"), bytes);
    try (TraceFile file = TraceFiles.open(path, OpenOptions.defaults());
        SeekableInput input = LocalInput.open(path)) {
      List<LiveAnalysis.Source> sources =
          file.streams().stream().map(stream -> source(input, stream)).toList();
      LiveAnalysis analysis =
          new LiveAnalysis(
              sources,
              file.schema(),
              file.streams().get(0).layout(),
              AnalysisChoice.DEFAULT.rulesFor(file.schema().reasons()),
              this::look,
              failures::incrementAndGet,
              beforehand);
      analysis.end();
      Set<Integer> unused = analysis.threads(); // once everything was read
      return analysis;
    }
  }

  private static LiveAnalysis.Source source(SeekableInput input, PageStream stream) {
    return new LiveAnalysis.Source(stream.cpu(), input, stream.offset(), stream::bytes);
  }

  @Test
  void theAbsenceOfAThreadThatWasOnAnotherCpuIsNoLatency() throws IOException {
    LiveAnalysis analysis =
        analyse(
            page()
                .event(1_000_000, exit(MOVES))
                .event(2_000_000, exit(STAYS))
                .event(2_003_000, entry(STAYS))
                .event(9_000_000, entry(MOVES))
                .build(),
            page().event(1_001_000, entry(MOVES)).event(8_999_000, exit(MOVES)).build());

    assertThat(analysis.numbers().latencies()).isEqualTo(new Glance(1, 3_000, 3_000, 3_000));
    assertThat(longestBusy).hasValue(3_000);
  }

  @Test
  void threadsThatStayOnTheirCpusAreCounted() throws IOException {
    LiveAnalysis analysis =
        analyse(
            page().event(1_000_000, exit(MOVES)).event(1_005_000, entry(MOVES)).build(),
            page().event(1_000_000, exit(STAYS)).event(1_003_000, entry(STAYS)).build());

    assertThat(analysis.numbers().latencies()).isEqualTo(new Glance(2, 8_000, 5_000, 5_000));
    assertThat(longestBusy).hasValue(5_000);
  }

  @Test
  void anyErrorIsToldOfAndNothingIsTakenForAResult() throws IOException {
    LiveAnalysis analysis =
        analyse(
            page().build(),
            page().build(),
            () -> {
              throw new NoClassDefFoundError("org/vmtrace/Gone");
            });

    assertThat(failures).hasValue(1);
    assertThatThrownBy(analysis::results)
        .isInstanceOf(IOException.class)
        .hasMessage("the analysis failed: java.lang.NoClassDefFoundError: org/vmtrace/Gone");
  }

  @Test
  void anAnalysisThatHasNoMemoryLeftGivesItsOwnBack() throws IOException {
    outOfMemory = new OutOfMemoryError("Java heap space");
    LiveAnalysis analysis =
        analyse(
            page().event(1_000_000, exit(MOVES)).event(1_005_000, entry(MOVES)).build(),
            page().build());

    assertThat(failures).hasValue(1);
    assertThat(analysis.threads()).as("what was counted").isEmpty();
    assertThatThrownBy(analysis::results).hasMessageStartingWith("there is not enough memory");
  }
}
