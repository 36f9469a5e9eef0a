package org.vmtrace.collect.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.collect.host.HostCpus;

class LinuxCallsTest {
  @TempDir Path folder;

  private SystemCalls calls;

  @BeforeEach
  void needsLinux() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "system calls of Linux are tried on Linux");
    calls = LinuxCalls.load();
  }

  private Descriptor create(Path file) throws KernelException {
    int flags = SystemCalls.OPEN_READ_WRITE | SystemCalls.OPEN_CREATE | SystemCalls.OPEN_EXCLUSIVE;
    return Descriptor.open(calls, file.toString(), flags, 0600);
  }

  @Test
  void movesPagesFromADescriptorThroughAPipeIntoAFile() throws IOException {
    byte[] bytes = new byte[5 * 4096];
    new Random(7).nextBytes(bytes);
    Path out = folder.resolve("out");
    // A pipe stands for the ring buffer: splice takes from it what there is, too.
    try (Pipe source = Pipe.open(calls, 1 << 16);
        Pipe pipe = Pipe.open(calls, 1 << 16);
        Descriptor file = create(out)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
      assertThat(calls.write(source.in(), buffer, 0, bytes.length)).isEqualTo(bytes.length);
      Descriptor raw = new Descriptor(calls, source.out());
      PageMover mover = new PageMover(calls, raw, pipe, file, 4096);
      assertThat(mover.move(Long.MAX_VALUE)).isEqualTo(bytes.length);
      assertThat(mover.move(Long.MAX_VALUE)).isZero();
    }
    assertThat(Files.readAllBytes(out)).isEqualTo(bytes);
  }

  @Test
  void anErrorIsTheNegatedErrorNumber() {
    assertThat(calls.open(folder.resolve("absent").toString(), SystemCalls.OPEN_READ, 0))
        .isEqualTo(-Errno.ENOENT);
    assertThat(calls.close(1 << 20)).isEqualTo(-Errno.EBADF);
    assertThat(calls.splice(1 << 20, 1 << 20, 4096, 0)).isEqualTo(-Errno.EBADF);
  }

  @Test
  void writesSeeksAndCutsAFile() throws IOException {
    Path out = folder.resolve("out");
    ByteBuffer buffer = ByteBuffer.allocateDirect(4).put(0, new byte[] {1, 2, 3, 4});
    try (Descriptor file = create(out)) {
      assertThat(calls.seek(file.number(), 3)).isEqualTo(3);
      assertThat(calls.write(file.number(), buffer, 1, 3)).isEqualTo(3);
      assertThat(calls.truncate(file.number(), 5)).isZero();
    }
    assertThat(Files.readAllBytes(out)).containsExactly(0, 0, 0, 2, 3);
  }

  @Test
  void aFileThatIsMadeIsItsOwnersAlone() throws IOException {
    Path out = folder.resolve("out");
    create(out).close();
    assertThat(Files.getPosixFilePermissions(out))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(calls.open(out.toString(), 0300 | SystemCalls.OPEN_READ_WRITE, 0600))
        .isEqualTo(-Errno.EEXIST);
  }

  @Test
  void pollingEndsWhenAFileCanBeReadOrSomebodyWakesIt() throws IOException {
    try (Pipe pipe = Pipe.open(calls, 1 << 16);
        Poller poller = new Poller(calls)) {
      poller.add(new Descriptor(calls, pipe.out()));
      assertThat(poller.await(0)).isFalse();
      poller.wake();
      long start = System.nanoTime();
      assertThat(poller.await(60_000)).isFalse();
      assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
      assertThat(poller.await(0)).as("waking counts once").isFalse();
      calls.write(pipe.in(), ByteBuffer.allocateDirect(1), 0, 1);
      assertThat(poller.await(60_000)).isTrue();
    }
  }

  @Test
  void aThreadStaysOnTheCpusThatItIsGiven() throws IOException {
    BitSet before = allowed();
    BitSet first = new BitSet();
    first.set(before.nextSetBit(0));
    try {
      assertThat(calls.setAffinity(0, first.toLongArray())).isZero();
      assertThat(allowed()).isEqualTo(first);
    } finally {
      assertThat(calls.setAffinity(0, before.toLongArray())).isZero();
    }
    assertThat(allowed()).isEqualTo(before);
  }

  /** Where the calling thread may run, as the kernel says it. */
  private static BitSet allowed() {
    return new HostCpus(Path.of("/")).allowed("proc/thread-self/status");
  }
}
