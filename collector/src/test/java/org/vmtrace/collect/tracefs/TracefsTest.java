package org.vmtrace.collect.tracefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.tracefs.Tracefs.Mounter;

/** On a tree built like a host's root; an instance there is a folder and nothing more. */
class TracefsTest {
  private static final Mounter REFUSES =
      (type, folder) -> {
        throw new IOException("operation not permitted");
      };

  @TempDir Path root;

  private final List<String> told = new ArrayList<>();
  private Path tracing;

  @BeforeEach
  void buildTree() throws IOException {
    tracing = root.resolve("sys/kernel/tracing");
    Files.createDirectories(tracing);
    Files.createDirectories(root.resolve("proc/self"));
    Files.createDirectories(root.resolve("proc/100"));
    mounts("proc /proc proc rw 0 0");
  }

  private void mounts(String... lines) throws IOException {
    Files.write(root.resolve("proc/self/mounts"), List.of(lines));
  }

  private void fill(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("instances"));
    Files.writeString(folder.resolve("trace_clock"), "[local]");
  }

  private Tracefs find(Mounter mounter) throws TracefsException {
    return Tracefs.find(root, mounter, told::add);
  }

  @Test
  void findsWhereItIsMountedTheUsualPlaceFirst() throws IOException {
    Path debug = root.resolve("sys/kernel/debug/tra cing");
    fill(debug);
    mounts("tracefs /sys/kernel/debug/tra\\040cing tracefs rw 0 0");
    assertThat(find(REFUSES).folder()).isEqualTo(debug);
    fill(tracing);
    mounts(
        "nodev /sys/kernel/tracing tracefs rw 0 0",
        "tracefs /sys/kernel/debug/tra\\040cing tracefs rw 0 0");
    assertThat(find(REFUSES).folder()).isEqualTo(tracing);
    assertThat(told).isEmpty();
  }

  @Test
  void mountsItWhereItIsNotMountedAndSaysSo() throws IOException {
    Tracefs found =
        find(
            (type, folder) -> {
              assertThat(type).isEqualTo("tracefs");
              fill(folder);
            });
    assertThat(found.folder()).isEqualTo(tracing);
    assertThat(told).containsExactly("mounted tracefs on " + tracing + "; it stays mounted");
  }

  @Test
  void saysHowToMountItWhereThatFails() {
    assertThatThrownBy(() -> find(REFUSES))
        .isInstanceOf(TracefsException.class)
        .hasMessageContainingAll("operation not permitted", "mount -t tracefs tracefs " + tracing);
  }

  @Test
  void aFolderThatIsNoTracefsIsRefused() {
    assertThatThrownBy(() -> Tracefs.at(root, root))
        .isInstanceOf(TracefsException.class)
        .hasMessageContaining(root + " is no tracefs");
    assertThatThrownBy(() -> Tracefs.at(root.resolve("absent"), root))
        .isInstanceOf(TracefsException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aTracefsOfAKernelThatIsLockedDownIsEmpty() throws IOException {
    mounts("tracefs /sys/kernel/tracing tracefs rw 0 0");
    assertThatThrownBy(() -> find(REFUSES))
        .isInstanceOf(TracefsException.class)
        .hasMessageContainingAll(
            tracing + " is empty: this kernel is locked down", "/sys/kernel/security/lockdown");
  }

  @Test
  void removesTheInstancesOfCollectorsThatDied() throws IOException {
    fill(tracing);
    for (String name : List.of("vm-trace-99", "vm-trace-100", "vm-trace-x", "other-99")) {
      Files.createDirectory(tracing.resolve("instances").resolve(name));
    }
    Tracefs.at(tracing, root).removeOrphans(told::add);
    try (var left = Files.list(tracing.resolve("instances"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("vm-trace-100", "vm-trace-x", "other-99");
    }
    assertThat(told)
        .containsExactly(
            "removed "
                + tracing.resolve("instances/vm-trace-99")
                + ", left by a collector that was killed");
  }

  @Test
  void anOrphanThatSomebodyUsesStays() throws IOException {
    fill(tracing);
    Path orphan = tracing.resolve("instances/vm-trace-99");
    Files.createDirectories(orphan.resolve("busy"));
    Tracefs.at(tracing, root).removeOrphans(told::add);
    assertThat(orphan).exists();
    assertThat(told).hasSize(1).first().asString().contains("but somebody uses it");
  }

  @Test
  void anInstanceOfTheSameNumberIsReplaced() throws IOException {
    fill(tracing);
    Tracefs tracefs = Tracefs.at(tracing, root);
    assertThat(tracefs.createInstance(5).folder()).isEmptyDirectory();
    assertThat(tracefs.createInstance(5).folder())
        .isEqualTo(tracing.resolve("instances/vm-trace-5"));
  }

  @Test
  void aKernelWithoutInstancesIsToldOf() throws IOException {
    Files.writeString(tracing.resolve("trace_clock"), "[local]");
    Tracefs tracefs = Tracefs.at(tracing, root);
    assertThatThrownBy(() -> tracefs.createInstance(5))
        .isInstanceOf(TracefsException.class)
        .hasMessageContaining("older than Linux 3.10");
  }

  @Test
  void readsTheNamesOfThreads() throws IOException {
    fill(tracing);
    Files.writeString(tracing.resolve("saved_cmdlines"), "17 CPU 0/KVM\n4 a b\nnonsense\n");
    assertThat(Tracefs.at(tracing, root).savedComms())
        .containsOnly(Map.entry(17, "CPU 0/KVM"), Map.entry(4, "a b"));
  }
}
