package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.host.GuestThread;
import org.vmtrace.collect.host.HostCpus;
import org.vmtrace.collect.tracefs.CpuList;

/** On a host of 512 CPUs and eight NUMA nodes: node n has the CPUs 64n to 64n + 63. */
class CpuChoiceTest {
  @TempDir Path root;

  private HostTree tree() throws IOException {
    return new HostTree(root).cpus(512, 8, "130-191");
  }

  private CpuChoice choice(String traced) {
    return new CpuChoice(new HostCpus(root), CpuList.parse(traced));
  }

  private static GuestThread guestOn(int cpu) {
    return new GuestThread("g", 1, 2, "CPU 0/KVM", 0, CpuList.of(cpu), cpu);
  }

  @Test
  void collectsOnTheNodeOfTheTracedCpuOutsideOfItsCoreAndOfIsolatedOnes() throws IOException {
    tree();
    assertThat(choice("129").chooseCollector(List.of())).isEqualTo(130);
    assertThat(choice("140").chooseCollector(List.of())).isEqualTo(128);
    assertThat(choice("140").chooseCollector(List.of(guestOn(128)))).isEqualTo(129);
    assertThat(choice("128-129").chooseCollector(List.of(guestOn(130)))).isEqualTo(131);
  }

  @Test
  void collectsElsewhereOnlyWhereTheNodeHasNoCpuLeft() throws IOException {
    tree().allowed("0-63,448-511");
    assertThat(choice("448-511").chooseCollector(List.of())).isZero();
  }

  @Test
  void neverCollectsOnACpuThatIsOffline() throws IOException {
    tree().online("1-511");
    assertThat(choice("2").chooseCollector(List.of())).isEqualTo(1);
  }

  @Test
  void sharesTheCoreRatherThanTheCpu() throws IOException {
    new HostTree(root).cpus(2, 1, "");
    assertThat(choice("1").chooseCollector(List.of())).isZero();
  }

  @Test
  void saysSoIfNoCpuIsLeft() throws IOException {
    tree().allowed("7");
    assertThatThrownBy(() -> choice("7").chooseCollector(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no CPU left to collect on: this process may run on CPU 7 and these are"
                + " traced; trace fewer, or name one with -c");
  }

  @Test
  void cpusThatAreNotThereOrOfflineAreRefused() throws IOException {
    tree().online("0-9,20-511");
    assertThatThrownBy(() -> choice("3").requireOnline(CpuList.of(3, 600), "trace"))
        .hasMessage("cannot trace CPU 600: this machine has CPUs 0-511");
    assertThatThrownBy(() -> choice("3").requireOnline(CpuList.of(9, 10, 11), "collect on"))
        .hasMessageStartingWith("cannot collect on CPUs 10-11: offline; online are 0-9,20-511");
    choice("3").requireOnline(CpuList.of(3, 511), "trace");
  }

  @Test
  void aGoodChoiceGivesNoWarning() throws IOException {
    tree();
    assertThat(choice("130-131").warnings(CpuList.of(128))).isEmpty();
    assertThat(choice("130").guestWarnings(List.of(guestOn(130)))).isEmpty();
  }

  @Test
  void warnsOfWhatSpoilsTheMeasurement() throws IOException {
    tree();
    assertThat(choice("130").warnings(CpuList.of(130)))
        .containsExactly("CPU 130 collects and is traced: the collector disturbs what it measures");
    assertThat(choice("130").warnings(CpuList.of(131)))
        .containsExactly("collecting CPU 131 shares a core with a traced CPU and slows it");
    assertThat(choice("130").warnings(CpuList.of(5)))
        .containsExactly(
            "collecting CPU 5 is not on NUMA node 2 of traced CPU 130: moving pages between nodes"
                + " takes longer");
    assertThat(choice("3-4").warnings(CpuList.of(8)))
        .containsExactly(
            "CPUs 3-4 are not isolated (isolcpus): other work runs there, too, and is measured with"
                + " it");
  }

  @Test
  void warnsIfNoGuestRunsWhereItIsTraced() throws IOException {
    tree();
    assertThat(choice("130").guestWarnings(List.of()))
        .containsExactly("no KVM guest runs on this host, as far as this user may see");
    assertThat(choice("130-132").guestWarnings(List.of(guestOn(131), guestOn(400))))
        .containsExactly(
            "no vCPU thread runs on CPUs 130,132; they run on CPUs 131,400 (--list shows them)");
  }

  @Test
  void aKernelWithoutNumaAndIsolationIsOneNode() throws IOException {
    new HostTree(root).file("sys/devices/system/cpu/possible", "0-3\n").online("0-3");
    HostCpus cpus = new HostCpus(root);
    assertThat(cpus.node(2)).isZero();
    assertThat(cpus.isolated()).isEqualTo(CpuList.of());
    assertThat(cpus.siblings(2)).isEqualTo(CpuList.of(2));
    assertThat(cpus.allowed()).isEqualTo(CpuList.parse("0-3"));
  }
}
