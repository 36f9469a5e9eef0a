package org.vmtrace.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.HostTree;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.collect.tracefs.CpuList;
import org.vmtrace.collect.tracefs.TraceInstance;
import org.vmtrace.collect.tracefs.Tracefs;

/** What happens to a host while it is recorded, on built {@code /sys} and tracefs trees. */
class InstanceSourceTest {
  private static final String INSTANCE = "tracing/instances/vm-trace-7/";

  @TempDir Path root;

  private final List<String> told = new ArrayList<>();
  private final List<BitSet> confined = new ArrayList<>();
  private HostTree host;
  private InstanceSource source;

  @BeforeEach
  void aHostWithFourCpusOfWhichTwoAreTraced() throws IOException {
    host = new HostTree(root).cpus(4, 1, "").file("tracing/trace_clock", "[mono]");
    Files.createDirectories(root.resolve("tracing/instances"));
    TraceInstance instance = Tracefs.at(root.resolve("tracing"), root).createInstance(7);
    host.file(INSTANCE + "tracing_on", "0\n");
    for (int cpu = 1; cpu <= 2; cpu++) {
      stats(cpu, 0);
    }
    source =
        new InstanceSource(
            instance,
            CpuList.of(1, 2),
            CpuList.of(0),
            confined::add,
            new HostCpus(root),
            told::add,
            () -> told.add("started"));
  }

  private void stats(int cpu, int entries) throws IOException {
    host.file(INSTANCE + "per_cpu/cpu" + cpu + "/stats", "entries: " + entries + "\n");
  }

  private void start() throws IOException {
    source.start();
    told.clear();
  }

  @Test
  void startingIsTold() throws IOException {
    source.start();
    assertThat(told).containsExactly("started");
    assertThat(root.resolve(INSTANCE + "tracing_on")).hasContent("1");
  }

  @Test
  void aQuietHostGivesNoReasonToStop() throws IOException {
    start();
    assertThat(source.look()).isNull();
    assertThat(told).isEmpty();
  }

  @Test
  void aCpuThatGoesOfflineIsToldOnceAndRecordingGoesOn() throws IOException {
    start();
    host.online("0-1,3");
    assertThat(source.look()).isNull();
    assertThat(source.look()).isNull();
    assertThat(told).containsExactly("CPU 2 went offline while recording");
    host.online("1,3");
    assertThat(source.look()).isNull();
    assertThat(told)
        .containsExactly(
            "CPU 2 went offline while recording", "CPU 0 went offline while recording");
  }

  @Test
  void threadsWhoseCpuGoesOfflineAreKeptOffTheTracedOnes() throws IOException {
    start();
    host.online("1-3");
    assertThat(source.look()).isNull();
    assertThat(source.look()).isNull();
    assertThat(confined).containsExactly(CpuList.of(3));
  }

  @Test
  void aTracedCpuThatGoesOfflineMovesNobody() throws IOException {
    start();
    host.online("0-1,3");
    assertThat(source.look()).isNull();
    assertThat(confined).isEmpty();
  }

  @Test
  void aCpuThatNobodyNeedsMayGoOffline() throws IOException {
    start();
    host.online("0-2");
    assertThat(source.look()).isNull();
    assertThat(told).isEmpty();
  }

  @Test
  void tracingThatIsSwitchedOffIsAReasonToStop() throws IOException {
    start();
    host.file(INSTANCE + "tracing_on", "0\n");
    assertThat(source.look()).isEqualTo(StopReason.SWITCHED_OFF);
  }

  @Test
  void anInstanceThatIsGoneIsAReasonToStopAndSaid() throws IOException {
    start();
    Files.delete(root.resolve(INSTANCE + "tracing_on"));
    assertThat(source.look()).isEqualTo(StopReason.SWITCHED_OFF);
    assertThat(told).singleElement().asString().contains("cannot read", "no such file");
  }

  @Test
  void eventsAreLeftAsLongAsOneBufferHasSome() throws IOException {
    assertThat(source.hasEvents()).isFalse();
    stats(2, 3);
    assertThat(source.hasEvents()).isTrue();
  }
}
