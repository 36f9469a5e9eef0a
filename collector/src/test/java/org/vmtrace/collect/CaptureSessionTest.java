package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.splice.LinuxCalls;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.collect.tracefs.LiveTracing;
import org.vmtrace.event.EventPair;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.latency.Summary;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.recording.LocalAnalysis;

/** On the kernel that this runs on. */
class CaptureSessionTest {
  private static final EventPair PAIR = EventPair.parse(LiveTracing.EXIT, LiveTracing.ENTRY, null);

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private String outside;
  private int cpu;

  @BeforeEach
  void needsTracing() throws IOException {
    LiveTracing.assumeThere();
    outside = LiveTracing.outside();
    cpu = new HostCpus(Path.of("/")).allowed().length() - 1;
  }

  @AfterEach
  void leavesTheHostAsItWas() throws IOException {
    if (outside != null) {
      assertThat(LiveTracing.instances())
          .doesNotContain("vm-trace-" + ProcessHandle.current().pid());
      assertThat(LiveTracing.outside()).isEqualTo(outside);
    }
  }

  private CaptureSettings settings(int... cpus) {
    HostCpus host = new HostCpus(Path.of("/"));
    return new CaptureSettings(
        CpuList.of(cpus),
        host.allowed().nextSetBit(0),
        host.allowed(),
        LiveTracing.TRACEFS,
        PAIR,
        "mono",
        64 << 20,
        0,
        true,
        "",
        1_000_000_000L,
        Long.MAX_VALUE,
        0,
        folder.resolve("trace.bin"),
        false,
        false,
        true,
        AnalysisChoice.DEFAULT);
  }

  private CaptureResult capture(CaptureSettings settings) throws IOException {
    return new CaptureSession(
            settings,
            LinuxCalls.load(),
            new StopRequest(),
            told::add,
            sentence -> {},
            null,
            "vm-trace-collect test")
        .run();
  }

  private static Summary analyse(CaptureResult result) throws IOException {
    return new LocalAnalysis(
            OpenOptions.defaults().withPair(PAIR),
            AnalysisChoice.DEFAULT,
            1,
            LocalAnalysis.Progress.NONE)
        .analyse(result.cpus().stream().map(RecordedCpu::path).distinct().toList());
  }

  private static long events(Summary summary) {
    return summary.pairing().exits() + summary.pairing().entries() + summary.events().other();
  }

  @Test
  void theFileHoldsEveryEventThatTheKernelCounted() throws IOException {
    CaptureResult result;
    try (SyscallLoad load = SyscallLoad.on(cpu)) {
      assertThat(load.isRunning()).isTrue();
      result = capture(settings(cpu));
    }
    RecordedCpu recorded = result.cpus().get(0);
    System.out.println(recorded + " " + result.elapsedNs() + " " + told);
    assertThat(result.reason()).isEqualTo(StopReason.TIME);
    assertThat(result.hostClean()).isTrue();
    assertThat(recorded.stats().readEvents()).isGreaterThan(1000);
    assertThat(recorded.stats().lost()).isZero();
    assertThat(recorded.stats().entries()).isZero();
    Summary summary = analyse(result);
    System.out.println(summary.all() + " " + summary.warnings());
    assertThat(events(summary)).isEqualTo(recorded.stats().readEvents());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recorded.path())))
        .isEqualTo("rw-------");
    assertThat(result.analysis().get(cpu).tallies().glance().latencies())
        .isEqualTo(summary.all().latencies());
  }
}
