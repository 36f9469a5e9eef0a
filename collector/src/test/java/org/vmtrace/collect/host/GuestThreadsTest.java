package org.vmtrace.collect.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.HostTree;
import org.vmtrace.collect.tracefs.CpuList;

class GuestThreadsTest {
  @TempDir Path root;

  private List<GuestThread> find() {
    return GuestThreads.find(root, new HostCpus(root));
  }

  private HostTree tree() throws IOException {
    return new HostTree(root).cpus(8, 1, "4-7");
  }

  @Test
  void findsTheVcpuThreadsOfQemuByTheirNames() throws IOException {
    tree()
        .process(900, "qemu-system-x86_64 -name guest=web1,debug-threads=on", "anon_inode:kvm-vm")
        .thread(900, 900, "qemu-system-x86", 0, 0, "0-7")
        .thread(900, 902, "CPU 1/KVM", 5, 0, "5")
        .thread(900, 901, "CPU 0/KVM", 4, 17, "4");
    assertThat(find())
        .containsExactly(
            new GuestThread("web1", 900, 901, "CPU 0/KVM", 0, CpuList.of(4), 4),
            new GuestThread("web1", 900, 902, "CPU 1/KVM", 1, CpuList.of(5), 5));
  }

  @Test
  void findsVcpuThreadsWithoutANameByTheirTimeInTheGuest() throws IOException {
    tree()
        .process(7, "/usr/bin/monitor", "socket:[1]", "anon_inode:kvm-vm", "anon_inode:kvm-vcpu:0")
        .thread(7, 7, "monitor) x", 0, 0, "0-7")
        .thread(7, 8, "monitor) x", 3, 1, "2-3");
    assertThat(find())
        .containsExactly(
            new GuestThread("program7", 7, 8, "monitor) x", -1, CpuList.parse("2-3"), 3));
  }

  @Test
  void namesOfOtherMonitorsTellTheVcpu() throws IOException {
    HostTree tree = tree().process(7, "x", "anon_inode:kvm-vm");
    tree.thread(7, 11, "fc_vcpu 3", 0, 0, "0");
    tree.thread(7, 12, "kvm-vcpu-4", 0, 0, "0");
    tree.thread(7, 13, "vcpu5", 0, 0, "0");
    tree.thread(7, 14, "crosvm_vcpu6", 0, 0, "0");
    assertThat(find()).extracting(GuestThread::vcpu).containsExactly(3, 4, 5, 6);
  }

  @Test
  void aProcessWithoutAVmIsNoGuestWhateverItsThreadsAreCalled() throws IOException {
    tree().process(7, "x", "anon_inode:[eventfd]").thread(7, 8, "CPU 0/KVM", 1, 5, "0-7");
    assertThat(find()).isEmpty();
  }

  @Test
  void processesThatVanishOrMayNotBeSeenAreLeftOut() throws IOException {
    tree()
        .file("proc/33/comm", "gone\n")
        .process(7, "x", "anon_inode:kvm-vm")
        .file("proc/7/task/8/comm", "CPU 0/KVM\n")
        .file("proc/7/task/9/stat", "9 (cut");
    assertThat(find()).isEmpty();
  }

  @Test
  void theTableShowsWhatOneNeedsToChooseCpus() throws IOException {
    tree()
        .process(900, "qemu -name a\u001b[31m", "anon_inode:kvm-vm")
        .thread(900, 901, "CPU 0/KVM", 4, 17, "4-5")
        .thread(900, 902, "worker", 1, 3, "0-7");
    assertThat(GuestList.of(find(), new HostCpus(root)).lines())
        .containsExactly(
            "GUEST        PROCESS  THREAD  VCPU  NAME       RAN ON  MAY RUN ON  NODE  ISOLATED",
            "a\\u001b[31m  900      902     -     worker     1       0-7         0     no",
            "a\\u001b[31m  900      901     0     CPU 0/KVM  4       4-5         0     yes");
  }
}
