package org.vmtrace.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vmtrace.collect.Captured.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vmtrace.collect.Await;
import org.vmtrace.collect.CaptureChoice;
import org.vmtrace.collect.Captured;
import org.vmtrace.collect.CollectorProcess;
import org.vmtrace.collect.Run;
import org.vmtrace.collect.SyscallLoad;
import org.vmtrace.collect.host.HostFiles;
import org.vmtrace.collect.tracefs.BufferStats;
import org.vmtrace.collect.tracefs.LiveHost;
import org.vmtrace.collect.tracefs.LiveTracing;
import org.vmtrace.latency.summary.Summary;
import org.vmtrace.latency.summary.Summary.KernelStats;

/** What goes wrong while a capture runs, on the kernel that this runs on. */
@ExtendWith(LiveHost.class)
class CaptureFaultsTest {
  @TempDir Path folder;

  private final List<String> instances = new ArrayList<>();
  private final int cpu = CaptureChoice.lastCpu();

  @AfterEach
  void leavesNoInstance() throws IOException {
    for (String instance : instances) {
      assertThat(LiveTracing.instances()).doesNotContain(instance);
    }
  }

  private CollectorProcess collect(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-p", Integer.toString(cpu)));
    arguments.addAll(List.of(more));
    return start(arguments.toArray(String[]::new));
  }

  private CollectorProcess start(String... arguments) throws IOException {
    CollectorProcess collector = CollectorProcess.start(folder, arguments);
    instances.add(collector.instance());
    return collector;
  }

  private Path trace() {
    return folder.resolve("trace.bin");
  }

  private static Summary analyse(Path file) throws IOException {
    return Captured.analysis().analyse(List.of(file));
  }

  /** Whether this process, and so whatever it starts, was told to ignore a signal, as by nohup. */
  private static boolean ignores(int signal) {
    String ignored =
        HostFiles.text(Path.of("/proc/self"), "status")
            .lines()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored, 16) >>> (signal - 1) & 1) != 0;
  }

  @ParameterizedTest
  @CsvSource({"INT, 2", "TERM, 15", "HUP, 1"})
  void aSignalEndsACaptureInOrder(String signal, int number) throws Exception {
    assumeFalse(ignores(number), "SIG" + signal + " is ignored by what runs this test; skipped");
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect()) {
      assertThat(load.isRunning()).isTrue();
      assertThat(collector.awaitPages(trace()).signal(signal).exitCode()).isZero();
      assertThat(collector.err()).contains("stopped by a signal");
      Summary summary = analyse(trace());
      assertThat(collector.out()).startsWith("Number of VM events = ");
      assertThat(summary.warnings()).isEmpty();
      assertThat(events(summary)).isEqualTo(summary.kernelStats().get(0).readEvents());
    }
  }

  @Test
  void aKilledCollectorLeavesAReadableFileAndTheNextOneCleansUp() throws Exception {
    try (SyscallLoad load = SyscallLoad.on(cpu)) {
      assertThat(load.isRunning()).isTrue();
      String orphan;
      try (CollectorProcess collector = collect()) {
        collector.awaitPages(trace()).signal("KILL").exitCode();
        orphan = collector.instance();
        Summary summary = analyse(trace());
        assertThat(events(summary)).isPositive();
        assertThat(summary.warnings()).anyMatch(warning -> warning.contains("was not finished"));
        assertThat(summary.events().damagedPages()).isZero();

        Run repair = Run.of("--repair", trace().toString());
        assertThat(repair.exitCode()).isZero();
        Summary repaired = analyse(trace());
        assertThat(events(repaired)).isEqualTo(events(summary));
        assertThat(repaired.warnings()).isEmpty();

        try (CollectorProcess next = collect("-s", "0.2", "-o", "next.bin")) {
          assertThat(next.exitCode()).isZero();
        }
        assertThat(LiveTracing.instances()).doesNotContain(orphan);
      }
    }
  }

  @Test
  void aFullDiskEndsTheCaptureAndTheFileIsReadable() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=3m", "none", disk.toString())
            .start();
    assumeTrue(mount.waitFor() == 0, "a small tmpfs cannot be mounted here; skipped");
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect("-o", "disk/trace.bin", "-s", "60")) {
      assertThat(load.isRunning()).isTrue();
      assertThat(collector.exitCode()).isEqualTo(3);
      assertThat(collector.err())
          .contains("no space left for disk/trace.bin", "make room", ": at most ");
      Summary summary = analyse(disk.resolve("trace.bin"));
      assertThat(summary.warnings()).isEmpty();
      assertThat(events(summary))
          .isPositive()
          .isLessThanOrEqualTo(summary.kernelStats().get(0).readEvents());
    } finally {
      assertThat(new ProcessBuilder("umount", disk.toString()).start().waitFor()).isZero();
    }
  }

  @Test
  void tracingThatSomebodyElseSwitchesOffEndsTheCapture() throws Exception {
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect("-s", "60")) {
      assertThat(load.isRunning()).isTrue();
      collector.awaitPages(trace());
      Files.writeString(
          LiveTracing.TRACEFS.resolve("instances/" + collector.instance() + "/tracing_on"), "0");
      assertThat(collector.exitCode()).isEqualTo(3);
      assertThat(collector.err()).contains("somebody else switched tracing or its events off");
      Summary summary = analyse(trace());
      assertThat(events(summary)).isEqualTo(summary.kernelStats().get(0).readEvents());
    }
  }

  @Test
  void anInstanceThatSomebodyTriesToRemoveStaysUntilTheEnd() throws Exception {
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect()) {
      assertThat(load.isRunning()).isTrue();
      collector.awaitPages(trace());
      Process rmdir =
          new ProcessBuilder(
                  "rmdir",
                  LiveTracing.TRACEFS.resolve("instances").resolve(collector.instance()).toString())
              .redirectErrorStream(true)
              .start();
      assertThat(rmdir.waitFor()).isNotZero();
      assertThat(collector.signal("INT").exitCode()).isZero();
      Summary summary = analyse(trace());
      assertThat(events(summary)).isEqualTo(summary.kernelStats().get(0).readEvents());
    }
  }

  @Test
  void lossesWhileTheCollectorStandsStillAreReportedAsTheKernelCountsThem() throws Exception {
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect("--buffer-size", "256K", "--strict")) {
      assertThat(load.isRunning()).isTrue();
      collector.awaitPages(trace());
      for (int round = 0; round < 3; round++) {
        long before = overrun(collector);
        collector.signal("STOP");
        Await.until("the kernel overwrites", () -> overrun(collector) > before + 10_000);
        long written = Files.size(trace());
        collector.signal("CONT");
        Await.until("it goes on", () -> Files.size(trace()) > written + 100_000);
      }
      assertThat(collector.signal("TERM").exitCode()).isEqualTo(3);
      Summary summary = analyse(trace());
      KernelStats kernel = summary.kernelStats().get(0);
      assertThat(kernel.overrun()).isGreaterThan(30_000);
      assertThat(summary.events().lost()).isEqualTo(kernel.overrun());
      assertThat(summary.events().lostPlaces()).isGreaterThanOrEqualTo(3);
      assertThat(events(summary)).isEqualTo(kernel.readEvents());
      assertThat(collector.err())
          .contains(String.format("the kernel lost %,d events", kernel.overrun()));
    }
  }

  private long overrun(CollectorProcess collector) throws IOException {
    return BufferStats.parse(collector.control("per_cpu/cpu" + cpu + "/stats")).overrun();
  }

  @Test
  void eventsThatAFullBufferDropsAreReportedAsTheKernelCountsThem() throws Exception {
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect("--buffer-size", "256K", "--no-overwrite")) {
      assertThat(load.isRunning()).isTrue();
      collector.awaitPages(trace()).signal("STOP");
      String stats = "per_cpu/cpu" + cpu + "/stats";
      Await.until(
          "the kernel drops",
          () -> BufferStats.parse(collector.control(stats)).droppedEvents() > 10_000);
      assertThat(collector.signal("CONT").signal("TERM").exitCode()).isZero();
      Summary summary = analyse(trace());
      KernelStats kernel = summary.kernelStats().get(0);
      assertThat(kernel.droppedEvents()).isGreaterThan(10_000);
      assertThat(events(summary)).isEqualTo(kernel.readEvents());
      assertThat(collector.err()).contains(String.format("%,d dropped", kernel.droppedEvents()));
    }
  }

  @Test
  void twoCollectorsDoNotDisturbEachOther() throws Exception {
    assumeTrue(cpu >= 1, "two collectors need two CPUs; skipped");
    try (SyscallLoad one = SyscallLoad.on(cpu);
        SyscallLoad two = SyscallLoad.on(0);
        CollectorProcess first = collect();
        CollectorProcess second = start("-p", "0", "-o", "second.bin")) {
      assertThat(one.isRunning() && two.isRunning()).isTrue();
      first.awaitPages(trace());
      second.awaitPages(folder.resolve("second.bin"));
      assertThat(first.signal("INT").exitCode()).isZero();
      assertThat(second.control("tracing_on")).isEqualTo("1");
      assertThat(second.signal("INT").exitCode()).isZero();
      for (String file : List.of("trace.bin", "second.bin")) {
        Summary summary = analyse(folder.resolve(file));
        KernelStats kernel = summary.kernelStats().get(0);
        assertThat(events(summary)).isEqualTo(kernel.readEvents()).isPositive();
        assertThat(summary.threads())
            .allSatisfy(row -> assertThat(row.cpus()).containsExactly(kernel.cpu()));
      }
    }
  }

  @Test
  void theAbsenceOfAThreadThatWasOnAnotherTracedCpuEndsNothing() throws Exception {
    assumeTrue(cpu >= 1, "threads move where there are several CPUs; skipped");
    Path here = folder.resolve("trace.cpu" + cpu + ".bin");
    Path there = folder.resolve("trace.cpu0.bin");
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector =
            start(
                "-p",
                "0," + cpu,
                "-c",
                "0",
                "--until-latency",
                "500ms",
                "--filter",
                "common_pid == " + load.pid())) {
      collector.awaitPages(here);
      load.moveTo(0);
      long left = System.nanoTime();
      Await.until("it was there", () -> Files.size(there) > 100_000);
      Await.until("it stayed for a second", () -> System.nanoTime() - left > 1_000_000_000L);
      long before = Files.size(here);
      load.moveTo(cpu);
      Await.until("it is back", () -> Files.size(here) > before + 1_000_000);
      assertThat(collector.signal("INT").exitCode()).isZero();
      assertThat(collector.err()).contains("stopped by a signal");
      assertThat(collector.out())
          .contains(
              "Threads that changed CPUs", "== CPU 0 alone ==\nThreads that also ran on other");
    }
  }

  @Test
  void aFileThatAnotherCollectorWritesIsNotReplaced() throws Exception {
    assumeTrue(cpu >= 1, "two collectors need two CPUs; skipped");
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess first = collect()) {
      assertThat(load.isRunning()).isTrue();
      first.awaitPages(trace());
      try (CollectorProcess second = start("-p", "0", "-s", "1")) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err())
            .contains("trace.bin: is being written by another vm-trace-collect", "-o")
            .hasLineCount(1);
      }
      assertThat(first.signal("INT").exitCode()).isZero();
      Summary summary = analyse(trace());
      assertThat(events(summary)).isEqualTo(summary.kernelStats().get(0).readEvents());
      assertThat(first.out()).isNotEmpty();
    }
  }

  @Test
  void aFileThatSomebodyReplacesIsNeitherReportedOnNorTouched() throws Exception {
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect()) {
      assertThat(load.isRunning()).isTrue();
      collector.awaitPages(trace());
      Path moved = Files.move(trace(), folder.resolve("moved.bin"));
      Files.writeString(trace(), "precious");
      assertThat(collector.signal("INT").exitCode()).isEqualTo(1);
      assertThat(collector.err()).contains("trace.bin: is not the file that was recorded");
      assertThat(collector.out()).isEmpty();
      assertThat(Files.readString(trace())).isEqualTo("precious");
      Summary summary = analyse(moved);
      assertThat(summary.warnings()).isEmpty();
      assertThat(events(summary)).isEqualTo(summary.kernelStats().get(0).readEvents());
    }
  }

  @Test
  void noThreadOfTheCollectorMayRunOnTheTracedCpu() throws Exception {
    assumeTrue(cpu >= 1, "with one CPU there is no other; skipped");
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect("-c", "0")) {
      assertThat(load.isRunning()).isTrue();
      assertThat(collector.awaitPages(trace()).affinities()).containsExactly("0");
      assertThat(collector.signal("INT").exitCode()).isZero();
    }
  }

  @Test
  void onlyTheCollectingThreadRunsBeforeOtherWork() throws Exception {
    try (SyscallLoad load = SyscallLoad.on(cpu);
        CollectorProcess collector = collect()) {
      assertThat(load.isRunning()).isTrue();
      assertThat(collector.awaitPages(trace()).niceness())
          .containsEntry("vm-trace-analys", 0)
          .containsValue(-20);
      assertThat(collector.niceness().values().stream().filter(nice -> nice != 0)).hasSize(1);
      assertThat(collector.signal("INT").exitCode()).isZero();
    }
  }
}
