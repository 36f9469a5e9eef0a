package org.vmtrace.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vmtrace.collect.Captured.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.CaptureChoice;
import org.vmtrace.collect.Captured;
import org.vmtrace.collect.ReportLines;
import org.vmtrace.collect.Run;
import org.vmtrace.collect.SyscallLoad;
import org.vmtrace.collect.tracefs.LiveHost;
import org.vmtrace.collect.tracefs.LiveTracing;
import org.vmtrace.collect.tracefs.TracefsException;
import org.vmtrace.file.LocalInput;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.split.StreamResult;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.report.SummaryText;

/** On the kernel that this runs on. */
@ExtendWith(LiveHost.class)
class CaptureSessionTest {
  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private final int cpu = CaptureChoice.lastCpu();

  private CaptureSettings settings(int... cpus) {
    return choice(cpus).settings();
  }

  private CaptureChoice choice(int... cpus) {
    return new CaptureChoice(folder.resolve("trace.bin"), cpus);
  }

  private CaptureResult underLoad(CaptureSettings settings) throws IOException {
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CaptureSession session = CaptureChoice.session(settings, told)) {
      assertThat(load.isRunning()).isTrue();
      CaptureResult result = session.run();
      assertThat(session.analysis()).hasSize(settings.traced().cardinality());
      return result;
    }
  }

  private static Summary analyse(CaptureResult result) throws IOException {
    return analyse(result.cpus().stream().map(RecordedCpu::path).toList());
  }

  private static Summary analyse(List<Path> paths) throws IOException {
    return Captured.analysis().analyse(paths);
  }

  private static String text(Summary summary) {
    return SummaryText.of(summary, "");
  }

  @Test
  void theFileHoldsEveryEventThatTheKernelCounted() throws IOException {
    CaptureResult result = underLoad(settings(cpu));
    RecordedCpu recorded = result.cpus().get(0);
    assertThat(result.reason()).isEqualTo(StopReason.TIME);
    assertThat(result.hostClean()).isTrue();
    assertThat(recorded.stats().readEvents()).isGreaterThan(1000);
    assertThat(recorded.stats().lost()).isZero();
    assertThat(recorded.stats().entries()).isZero();
    Summary summary = analyse(result);
    assertThat(events(summary)).isEqualTo(recorded.stats().readEvents());
    assertThat(summary.warnings()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void theAnalysisWhileRecordingIsThatOfTheFile() throws IOException {
    CaptureResult result;
    Map<Integer, StreamResult> known;
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CaptureSession session = CaptureChoice.session(settings(cpu), told)) {
      assertThat(load.isRunning()).isTrue();
      result = session.run();
      known = session.analysis();
    }
    Summary live =
        Captured.analysis()
            .analyse(
                List.of(result.cpus().get(0).path()), (name, stream) -> known.get(stream.cpu()));
    assertThat(text(live)).isEqualTo(text(analyse(result)));
    assertThat(live.all().latencies()).isPositive();
  }

  @Test
  void theFileTellsOfItsRecording() throws IOException {
    CaptureResult result = underLoad(settings(cpu));
    try (TraceFile file =
        TraceFiles.open(LocalInput.open(result.cpus().get(0).path()), Captured.OPTIONS)) {
      assertThat(file.metadata().clock()).isEqualTo("mono");
      assertThat(file.metadata().kernel()).startsWith("Linux ");
      assertThat(file.metadata().recordingId()).isNotZero();
      assertThat(file.metadata().comms()).containsValue("dd");
      assertThat(file.metadata().cpuStats())
          .singleElement()
          .satisfies(stats -> assertThat(stats.cpu()).isEqualTo(cpu));
      assertThat(file.metadata().formats().names())
          .containsExactlyInAnyOrder(LiveTracing.EXIT, LiveTracing.ENTRY);
    }
  }

  @Test
  void severalCpusAreOneRecordingInAFileEach() throws IOException {
    assumeTrue(cpu >= 1, "several CPUs are recorded where there are several; skipped");
    CaptureResult result = underLoad(settings(0, cpu));
    assertThat(result.cpus())
        .extracting(recorded -> recorded.path().getFileName().toString())
        .containsExactly("trace.cpu0.bin", "trace.cpu" + cpu + ".bin");
    Summary summary = analyse(result);
    assertThat(summary.recordings()).hasSize(1);
    long counted = 0;
    for (RecordedCpu recorded : result.cpus()) {
      counted += recorded.stats().readEvents();
      assertThat(recorded.stats().lost()).isZero();
    }
    assertThat(events(summary)).isEqualTo(counted);
  }

  @Test
  void mergingMakesOneFileOfThem() throws IOException {
    assumeTrue(cpu >= 1, "several CPUs are recorded where there are several; skipped");
    CaptureSettings settings = settings(0, cpu);
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CaptureSession session = CaptureChoice.session(settings, told)) {
      assertThat(load.isRunning()).isTrue();
      CaptureResult result = session.run();
      String separate = text(analyse(result)).replaceAll("(?m)^Recording.*$", "");
      session.merge();
      assertThat(folder.toFile().list()).containsExactly("trace.bin");
      Summary merged = analyse(List.of(settings.output()));
      assertThat(merged.warnings()).isEmpty();
      assertThat(text(merged).replaceAll("(?m)^Recording.*$", "")).isEqualTo(separate);
    }
  }

  @Test
  void whatHasTheNameOfAnUnfinishedMergeStays() throws IOException {
    assumeTrue(cpu >= 1, "several CPUs are recorded where there are several; skipped");
    Path inTheWay = Files.writeString(folder.resolve("trace.bin.part"), "precious");
    assertThatThrownBy(() -> underLoad(choice(0, cpu).merge().settings()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("trace.bin.part", "is in the way", "-o");
    assertThat(folder.toFile().list()).containsExactly("trace.bin.part");
    assertThat(inTheWay).hasContent("precious");
  }

  @Test
  void theFilesStayIfTheyCannotBeMerged() throws IOException {
    assumeTrue(cpu >= 1, "several CPUs are recorded where there are several; skipped");
    CaptureSettings settings = settings(0, cpu);
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CaptureSession session = CaptureChoice.session(settings, told)) {
      assertThat(load.isRunning()).isTrue();
      CaptureResult result = session.run();
      Path target = Files.writeString(folder.resolve("target"), "precious");
      Files.createSymbolicLink(settings.output(), target);
      assertThatThrownBy(session::merge)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is a symbolic link")
          .hasMessageEndingWith("the files of the CPUs stay");
      assertThat(folder.toFile().list())
          .containsExactlyInAnyOrder(
              "target", "trace.bin", "trace.cpu0.bin", "trace.cpu" + cpu + ".bin");
      assertThat(Files.readString(target)).isEqualTo("precious");
      assertThat(events(analyse(result))).isPositive();
    }
  }

  @Test
  void subBuffersOfAnotherSizeAreRecordedWhole() throws IOException {
    assumeTrue(
        Files.exists(LiveTracing.TRACEFS.resolve("buffer_subbuf_size_kb")),
        "this kernel cannot change the size of sub-buffers; skipped");
    CaptureResult result = underLoad(choice(cpu).pages(64 << 10).settings());
    Summary summary = analyse(result);
    assertThat(events(summary)).isEqualTo(result.cpus().get(0).stats().readEvents()).isPositive();
    assertThat(result.cpus().get(0).bytes() % (64 << 10)).isZero();
  }

  @Test
  void aLatencyEndsTheRecordingAndIsInTheFile() throws IOException {
    CaptureResult result = underLoad(choice(cpu).untilLatency(1_000).forSeconds(60).settings());
    assertThat(result.reason()).isEqualTo(StopReason.LATENCY);
    assertThat(result.elapsedNs()).isLessThan(30_000_000_000L);
    assertThat(analyse(result).busy().max().value()).isGreaterThanOrEqualTo(1_000);
  }

  @Test
  void theSizeEndsTheRecording() throws IOException {
    CaptureResult result = underLoad(choice(cpu).maxBytes(500_000).forSeconds(60).settings());
    assertThat(result.reason()).isEqualTo(StopReason.SIZE);
    // 122 pages of 4096 bytes: the most that 500,000 bytes have room for.
    assertThat(result.cpus().get(0).bytes()).isEqualTo(122 * 4096);
    assertThat(events(analyse(result))).isPositive();
  }

  @Test
  void theOriginalsFormatIsReadWithTheKernelsFormats() throws IOException {
    CaptureResult result = underLoad(choice(cpu).originalFormat().settings());
    Path path = result.cpus().get(0).path();
    try (TraceFile file =
        TraceFiles.open(LocalInput.open(path), Captured.OPTIONS.withFormats(result.formats()))) {
      assertThat(file.metadata().container()).isEqualTo("vm-trace");
    }
    assertThat(Files.size(path)).isEqualTo(8 + result.cpus().get(0).bytes());
  }

  @Test
  void theFileIsItsOwnersAloneAndReplacesTheOneBefore() throws IOException {
    Path trace = folder.resolve("trace.bin");
    Files.writeString(trace, "old");
    Path keptByALink = Files.createLink(folder.resolve("link"), trace);
    CaptureResult result = underLoad(settings(cpu));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trace)))
        .isEqualTo("rw-------");
    assertThat(events(analyse(result))).isPositive();
    assertThat(Files.readString(keptByALink)).isEqualTo("old");
  }

  @Test
  void neverWritesThroughASymbolicLink() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "precious");
    Files.createSymbolicLink(folder.resolve("trace.bin"), target);
    assertThatThrownBy(() -> underLoad(settings(cpu)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a symbolic link");
    assertThat(Files.readString(target)).isEqualTo("precious");
  }

  @Test
  void aCaptureThatCannotBeginLeavesTheOldFileAndNothingElse() throws IOException {
    Files.writeString(folder.resolve("trace.bin"), "old");
    assertThatThrownBy(() -> underLoad(choice(cpu).clock("sundial").settings()))
        .isInstanceOf(TracefsException.class);
    assertThat(folder.toFile().list()).containsExactly("trace.bin");
    assertThat(Files.readString(folder.resolve("trace.bin"))).isEqualTo("old");
  }

  @Test
  void traceCmdReportsTheSameEventsInTheSameOrder() throws Exception {
    assumeTrue(hasTraceCmd(), "trace-cmd is not installed; skipped");
    // Both CPUs, slow and fast, with pages that were fetched before they were full.
    CaptureSettings settings = choice(0, cpu).forSeconds(2).settings();
    Path file = settings.output();
    try (CaptureSession session = CaptureChoice.session(settings, told)) {
      session.run();
      if (cpu > 0) {
        session.merge();
      }
    }
    Path report = folder.resolve("report.txt");
    Process traceCmd =
        new ProcessBuilder("trace-cmd", "report", "-t", "-i", file.toString())
            .redirectOutput(report.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(traceCmd.waitFor()).isZero();
    List<String> theirs =
        Files.readAllLines(report).stream()
            .map(ReportLines::theirs)
            .filter(Objects::nonNull)
            .toList();
    List<String> ours =
        Run.file(
                file,
                "-v",
                "--exit-event=" + LiveTracing.EXIT,
                "--entry-event=" + LiveTracing.ENTRY)
            .events()
            .stream()
            .map(ReportLines::ours)
            .toList();
    assertThat(ours).isNotEmpty().isEqualTo(theirs);
  }

  private static boolean hasTraceCmd() throws InterruptedException {
    try {
      // It has no exit code that says that it is there.
      new ProcessBuilder("trace-cmd", "--version").start().waitFor();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
