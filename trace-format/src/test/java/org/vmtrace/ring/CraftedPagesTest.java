package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vmtrace.ring.CraftedPage.EVENT;
import static org.vmtrace.ring.CraftedPage.KERNEL;
import static org.vmtrace.ring.CraftedPage.STAMP;
import static org.vmtrace.ring.CraftedPage.page;
import static org.vmtrace.ring.CraftedPage.read;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.ring.CraftedPage.Found;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;

/**
 * Records and pages that real kernels can write and readers get wrong. Expected values are
 * arithmetic on what was put on the page; see {@link CraftedPage}.
 */
class CraftedPagesTest {
  @Test
  void fillerAtTheEndOfAPageThatWasCopiedIsNoEventAndNoDamage() throws FormatTextException {
    Found found = read(page().record(1552, EVENT).filler());

    assertThat(found).isEqualTo(new Found(false, 0, List.of(STAMP + 1552), List.of()));
  }

  @Test
  void paddingWithoutALengthMayFillTheLastFourBytes() throws FormatTextException {
    assertThat(read(page().record(1, EVENT).restIsPadding()))
        .isEqualTo(new Found(false, 0, List.of(STAMP + 1), List.of()));
  }

  @Test
  void aDiscardedEventMayHaveNothingButItsLength() throws FormatTextException {
    assertThat(read(page().discarded(9, 4).record(1, EVENT)).times()).containsExactly(STAMP + 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 104, 108, 112, 116, 1000})
  void payloadsOfAnyLengthAreEvents(int bytes) throws FormatTextException {
    byte[] event = Arrays.copyOf(EVENT, bytes);

    assertThat(read(page().record(1, event).record(2, event)))
        .isEqualTo(new Found(false, 0, List.of(STAMP + 1, STAMP + 3), List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {8192, 65_536, PageLayout.MAX_PAGE_BYTES})
  void largeSubBuffersAreReadToTheirEnd(int pageBytes) throws FormatTextException {
    PageShape shape = PageShape.of(pageBytes, ByteOrder.LITTLE_ENDIAN);
    PageBuilder page = new PageBuilder(shape, STAMP);
    List<Long> times = new ArrayList<>();
    for (long time = STAMP; page.fits(time, EVENT); time += 1000) {
      page.event(time, EVENT);
      times.add(time);
    }

    assertThat(read(shape, KERNEL, page.build()).times())
        .hasSize((pageBytes - 16) / 16)
        .isEqualTo(times);
  }

  @Test
  void bigEndianKernelsHaveTheTypeInTheTopBits() throws FormatTextException {
    PageShape shape = PageShape.of(4096, ByteOrder.BIG_ENDIAN);
    KvmEvents kernel = KvmEvents.arm64(ByteOrder.BIG_ENDIAN);
    byte[] page =
        new PageBuilder(shape, STAMP)
            .timeExtend(1L << 33)
            .record(5, kernel.other(1))
            .longRecord(6, kernel.other(1))
            .lost(12)
            .build();

    assertThat(page[16]).isEqualTo((byte) (30 << 3));
    assertThat(read(shape, kernel, page))
        .isEqualTo(
            new Found(
                true, 12, List.of(STAMP + (1L << 33) + 5, STAMP + (1L << 33) + 11), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void kernelsOf32BitsHaveACommitAndACountOf4Bytes(String order) throws FormatTextException {
    boolean big = order.equals("BIG_ENDIAN");
    PageShape shape = PageShape.of32Bit(4096, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    KvmEvents kernel = big ? KvmEvents.arm64(ByteOrder.BIG_ENDIAN) : KvmEvents.linux32Bit();
    byte[] page =
        new PageBuilder(shape, STAMP).record(4, kernel.other(1)).lost(0x7fff_ffffL).build();

    assertThat(read(shape, kernel, page))
        .isEqualTo(new Found(true, 0x7fff_ffffL, List.of(STAMP + 4), List.of()));
  }

  @Test
  void recordsOfKernelsThatAlignTo8BytesCarryTheirLength() throws FormatTextException {
    PageShape shape = PageShape.of(4096, ByteOrder.LITTLE_ENDIAN).withEightByteRecords();
    KvmEvents kernel = KvmEvents.riscv();
    byte[] event = kernel.other(1);
    byte[] page = new PageBuilder(shape, STAMP).record(1, event).record(2, event).build();

    assertThat(page[16] & 0x1f).as("type_len").isZero();
    assertThat(read(shape, kernel, page).times()).containsExactly(STAMP + 1, STAMP + 3);
  }

  @Test
  void pageWhoseDataEndAtAnyByteIsReadUpToThere() throws FormatTextException {
    PageBuilder whole =
        page()
            .record(1, EVENT)
            .timeExtend(1L << 30)
            .longRecord(2, EVENT)
            .discarded(9, 8)
            .absolute(STAMP + (1L << 31))
            .record(3, EVENT);
    int length = whole.used();
    for (int bytes = 0; bytes <= length; bytes++) {
      whole.falseLength(bytes);
      Found found = read(whole);

      assertThat(found.times().size())
          .isEqualTo(bytes < 16 ? 0 : bytes < 44 ? 1 : bytes < 80 ? 2 : 3);
      assertThat(found.damage().size()).as("ends at byte %d", bytes).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void pageThatTheFileCutsAtAnyByteIsDamageAndNothingElse() throws FormatTextException {
    byte[] whole = page().record(1, EVENT).lost(7).build();
    for (int length = 0; length < whole.length; length++) {
      assertThat(read(PageShape.X86_64, KERNEL, Arrays.copyOf(whole, length)))
          .isEqualTo(new Found(false, 0, List.of(), List.of(Damage.PAGE_CUT_SHORT)));
    }
  }

  @Test
  void pageThatWasNeverWrittenIsDamage() throws FormatTextException {
    assertThat(read(PageShape.X86_64, KERNEL, new byte[4096]))
        .isEqualTo(new Found(false, 0, List.of(), List.of(Damage.PAGE_STAMP_ZERO)));
  }
}
