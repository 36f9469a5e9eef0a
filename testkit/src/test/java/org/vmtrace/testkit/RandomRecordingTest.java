package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.testkit.PlainCounts.Count;

class RandomRecordingTest {
  private static final int RECORDINGS = 150;

  static Stream<Kernel> kernels() {
    PageShape big = PageShape.of(4096, ByteOrder.BIG_ENDIAN);
    PageShape little = PageShape.X86_64;
    return Stream.of(
        new Kernel(little, KvmEvents.linux61()),
        new Kernel(little, KvmEvents.linux73()),
        new Kernel(PageShape.of(65536, ByteOrder.LITTLE_ENDIAN), KvmEvents.linux73()),
        new Kernel(little, KvmEvents.linux2012Rt()),
        new Kernel(little, KvmEvents.linux36()),
        new Kernel(little, KvmEvents.linux2631()),
        new Kernel(PageShape.of32Bit(4096, ByteOrder.LITTLE_ENDIAN), KvmEvents.linux32Bit()),
        new Kernel(little, KvmEvents.arm64(ByteOrder.LITTLE_ENDIAN)),
        new Kernel(big, KvmEvents.arm64(ByteOrder.BIG_ENDIAN)),
        new Kernel(little.withEightByteRecords(), KvmEvents.riscv()));
  }

  record Kernel(PageShape shape, KvmEvents kvm) {
    @Override
    public String toString() {
      return kvm.exit().id() + " on " + shape;
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void decoderFindsOnThePagesWhatWasPlanned(Kernel kernel) {
    PlainDecoder decoder = PlainDecoder.of(kernel.shape(), kernel.kvm());
    for (long seed = 0; seed < RECORDINGS; seed++) {
      RandomKnobs knobs = RandomKnobs.of(new Random(seed)).kernel(kernel.shape(), kernel.kvm());
      RandomRecording random =
          RandomRecording.of(seed, seed % 5 == 0 ? knobs.cutLastPage() : knobs);
      List<PlainStream> decoded = new ArrayList<>();
      random.pages().forEach((cpu, pages) -> decoded.add(decoder.stream(cpu, pages)));
      assertThat(decoded).as("seed %d", seed).isEqualTo(random.recording().streams());
    }
  }

  @Test
  void everyExitAndEntryIsAccountedFor() {
    for (long seed = 0; seed < RECORDINGS; seed++) {
      PlainCounts counts = analysis(seed).counts();
      assertThat(counts.balanced()).as("seed %d: %s", seed, counts).isTrue();
    }
  }

  @Test
  void noLatencyIsNegative() {
    for (long seed = 0; seed < RECORDINGS; seed++) {
      assertThat(analysis(seed).latencies())
          .as("seed %d", seed)
          .allMatch(latency -> latency.latencyNs() >= 0);
    }
  }

  @Test
  void everyTroubleTurnsUp() {
    PlainCounts sum = new PlainCounts();
    int moved = 0;
    for (long seed = 0; seed < RECORDINGS; seed++) {
      sum.addAll(analysis(seed).counts());
      moved += analysis(seed).movedThreads().size();
    }
    for (Count count : Count.values()) {
      if (count != Count.EXCLUDED) {
        assertThat(sum.get(count)).as(count.name()).isGreaterThan(20);
      }
    }
    assertThat(moved).isGreaterThan(20);
  }

  @Test
  void theSameSeedGivesTheSameRecording() {
    assertThat(RandomRecording.of(7).traceDat().version6())
        .isEqualTo(RandomRecording.of(7).traceDat().version6());
  }

  private static PlainAnalysis analysis(long seed) {
    RandomRecording random = RandomRecording.of(seed);
    return PlainAnalysis.of(
        List.of(random.recording()), PlainAnalysis.Options.window(random.windowsNs().get(2)));
  }
}
