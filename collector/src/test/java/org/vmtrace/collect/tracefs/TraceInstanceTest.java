package org.vmtrace.collect.tracefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On the kernel that this runs on. */
@ExtendWith(LiveHost.class)
class TraceInstanceTest {
  private static final long PID = ProcessHandle.current().pid();

  /** No process has it: pid_max is at most 2^22 (include/linux/threads.h). */
  private static final long DEAD = (1L << 22) + PID;

  private Tracefs tracefs;

  @BeforeEach
  void findTracefs() throws IOException {
    tracefs = Tracefs.at(LiveTracing.TRACEFS, Path.of("/"));
  }

  private static InstanceSettings settings(long subBufferBytes, String filter) {
    return new InstanceSettings(
        CpuList.of(0),
        new BitSet(),
        "mono",
        1 << 20,
        subBufferBytes,
        true,
        30,
        List.of(LiveTracing.EXIT, LiveTracing.ENTRY),
        filter);
  }

  @Test
  void theKernelTakesEverySetting() throws IOException {
    try (TraceInstance instance = tracefs.createInstance(PID)) {
      instance.configure(settings(0, "id != 999"));
      String name = "instances/vm-trace-" + PID;
      assertThat(LiveTracing.text(name + "/trace_clock")).contains("[mono]");
      assertThat(LiveTracing.text(name + "/tracing_cpumask").replaceAll("[0,\n]", ""))
          .isEqualTo("1");
      assertThat(instance.isRecording()).isFalse();
      instance.start();
      assertThat(instance.isRecording()).isTrue();
      instance.stop();
      assertThat(instance.isRecording()).isFalse();
      assertThat(instance.headerPage()).contains("commit");
      assertThat(instance.format(LiveTracing.EXIT)).contains("name: sys_exit");
      assertThat(BufferStats.parse(instance.stats(0)).overrun()).isZero();
    }
  }

  @Test
  void headerPageFollowsTheSizeOfTheSubBuffers() throws IOException {
    try (TraceInstance instance = tracefs.createInstance(PID)) {
      assumeTrue(
          Files.exists(instance.folder().resolve("buffer_subbuf_size_kb")),
          "this kernel cannot change the size of sub-buffers; skipped");
      instance.configure(settings(16 << 10, ""));
      // 16 KiB less the header of 16 bytes.
      assertThat(instance.headerPage()).contains("size:16368;");
    }
  }

  @Test
  void aWrongFilterIsRefusedWithTheKernelsReason() throws IOException {
    try (TraceInstance instance = tracefs.createInstance(PID)) {
      assertThatThrownBy(() -> instance.configure(settings(0, "no_such_field == 1")))
          .isInstanceOf(TracefsException.class)
          .hasMessageContaining("(Field not found)");
    }
  }

  @Test
  void anUnknownClockIsRefused() throws IOException {
    InstanceSettings settings =
        new InstanceSettings(
            CpuList.of(0), new BitSet(), "sundial", 1 << 20, 0, true, 30, List.of(), "");
    try (TraceInstance instance = tracefs.createInstance(PID)) {
      assertThatThrownBy(() -> instance.configure(settings))
          .isInstanceOf(TracefsException.class)
          .hasMessageContainingAll("no trace clock 'sundial'", "mono");
    }
  }

  @Test
  void anOrphanThatStillRecordsIsRemoved() throws IOException {
    TraceInstance instance = tracefs.createInstance(DEAD);
    instance.configure(settings(0, ""));
    instance.start();
    // What is said is tried in TracefsTest: here a collector beside this test may be faster.
    tracefs.removeOrphans(sentence -> {});
    assertThat(instance.folder()).doesNotExist();
  }

  @Test
  void anInstanceThatIsGoneIsClosedAllTheSame() throws IOException {
    TraceInstance instance = tracefs.createInstance(PID);
    instance.configure(settings(0, ""));
    Files.delete(instance.folder());
    instance.close();
    instance.close();
  }
}
