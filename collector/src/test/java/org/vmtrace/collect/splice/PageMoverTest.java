package org.vmtrace.collect.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.testkit.Seeds;

class PageMoverTest {
  private static final int RUNS = 500;

  private static PageMover mover(FakeKernel kernel, int pageBytes) throws KernelException {
    return new PageMover(
        kernel,
        new Descriptor(kernel, FakeKernel.RAW),
        Pipe.open(kernel, 1 << 20),
        new Descriptor(kernel, FakeKernel.FILE),
        pageBytes);
  }

  /** What the collector does at the end: full pages until there are none, then what is left. */
  private static void drain(FakeKernel kernel, PageMover mover) throws IOException {
    for (int turn = 0; !kernel.isDrained(); turn++) {
      assertThat(turn).as("the ring buffer is drained at some time").isLessThan(10_000);
      mover.move(Long.MAX_VALUE);
      mover.movePartialPage();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 8192, 65536})
  void whatTheKernelWritesArrivesInTheFileWhateverDisturbsTheCalls(int pageBytes)
      throws IOException {
    long firstSeed = Seeds.first();
    for (long seed = firstSeed; seed < firstSeed + RUNS * 4096L / pageBytes; seed++) {
      Random random = new Random(seed);
      FakeKernel kernel =
          new FakeKernel(seed, pageBytes, 1 + random.nextInt(32))
              .withDisturbances(random.nextInt(90));
      PageMover mover = mover(kernel, pageBytes);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      for (int turn = random.nextInt(12); turn > 0; turn--) {
        for (int pages = random.nextInt(12); pages > 0; pages--) {
          written.write(kernel.producePage());
        }
        mover.move(random.nextInt(20) * (long) pageBytes);
        assertThat(kernel.pipeIsEmpty()).as("seed %d", seed).isTrue();
      }
      written.write(kernel.producePartialPage());
      drain(kernel, mover);
      assertThat(kernel.file()).as("seed %d", seed).isEqualTo(written.toByteArray());
      assertThat(mover.fileBytes()).as("seed %d", seed).isEqualTo(written.size());
    }
  }

  @Test
  void aDiskThatFillsUpHoldsTheFirstBytesAndSaysSo() throws IOException {
    long firstSeed = Seeds.first();
    for (long seed = firstSeed; seed < firstSeed + RUNS; seed++) {
      Random random = new Random(seed);
      int pages = 1 + random.nextInt(20);
      int diskBytes = random.nextInt(pages * 4096);
      FakeKernel kernel =
          new FakeKernel(seed, 4096, 1 + random.nextInt(16))
              .withDisturbances(random.nextInt(90))
              .withDisk(diskBytes);
      PageMover mover = mover(kernel, 4096);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      for (int i = 0; i < pages; i++) {
        written.write(kernel.producePage());
      }
      assertThatThrownBy(() -> drain(kernel, mover))
          .as("seed %d", seed)
          .isInstanceOf(DiskFullException.class)
          .hasMessage("no space left on device");
      assertThat(kernel.file())
          .as("seed %d", seed)
          .isEqualTo(Arrays.copyOf(written.toByteArray(), diskBytes));
      assertThat(mover.fileBytes()).as("seed %d", seed).isEqualTo(diskBytes);
    }
  }

  @Test
  void neverMovesMoreThanItIsTold() throws IOException {
    FakeKernel kernel = new FakeKernel(1, 4096, 16).withDisturbances(0);
    PageMover mover = mover(kernel, 4096);
    for (int i = 0; i < 40; i++) {
      kernel.producePage();
    }
    assertThat(mover.move(4095)).isZero();
    assertThat(mover.move(20 * 4096 + 4095)).isEqualTo(20 * 4096);
    assertThat(mover.fileBytes()).isEqualTo(20 * 4096);
  }

  @Test
  void aPipeThatMayNotGrowDoesAsItIs() throws IOException {
    FakeKernel kernel = new FakeKernel(1, 4096, 16).withDisturbances(0).withSmallPipe();
    PageMover mover = mover(kernel, 4096);
    for (int i = 0; i < 40; i++) {
      kernel.producePage();
    }
    assertThat(mover.move(Long.MAX_VALUE)).isEqualTo(40 * 4096);
  }

  @Test
  void aPageOfTheRingLargerThanThePipeGoesThroughOneByOne() throws IOException {
    FakeKernel kernel = new FakeKernel(1, 1 << 17, 16).withDisturbances(0);
    PageMover mover = mover(kernel, 1 << 17);
    kernel.producePage();
    kernel.producePage();
    assertThat(mover.move(Long.MAX_VALUE)).isEqualTo(2 << 17);
  }

  @Test
  void nothingToMoveIsNoError() throws IOException {
    FakeKernel kernel = new FakeKernel(1, 4096, 16).withDisturbances(0);
    PageMover mover = mover(kernel, 4096);
    assertThat(mover.move(Long.MAX_VALUE)).isZero();
    assertThat(mover.movePartialPage()).isFalse();
    assertThat(kernel.file()).isEmpty();
  }

  @Test
  void anErrorOfTheRingBufferIsPassedOn() throws IOException {
    FakeKernel kernel = new FakeKernel(1, 4096, 16).withRawError(Errno.EIO);
    PageMover mover = mover(kernel, 4096);
    assertThatThrownBy(() -> mover.move(Long.MAX_VALUE))
        .isInstanceOf(KernelException.class)
        .hasMessage("cannot take pages from the ring buffer: input/output error");
  }
}
