package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.PlainDecoder;
import org.vmtrace.testkit.PlainEvent;
import org.vmtrace.testkit.PlainPage;

/**
 * The cases that real kernels can write and readers get wrong, one page each. Expected values are
 * arithmetic on what was put on the page; the plain decoder, which shares no code with the cursor,
 * must say the same of every page.
 */
class CraftedPagesTest {
  private static final long STAMP = 658_185_578_315L;
  private static final KvmEvents KERNEL = KvmEvents.linux61();
  private static final byte[] EVENT = KERNEL.other(1);

  /** What the cursor found on a page. */
  private record Found(boolean lost, long count, List<Long> times, List<Damage> damage) {}

  @Test
  void flaggedPageMayBeginWithATimeExtend() throws FormatTextException {
    Found found = read(page().timeExtend(1L << 30).record(5, EVENT).lost(274_638));

    assertThat(found.lost).isTrue();
    assertThat(found.count).isEqualTo(274_638);
    assertThat(found.times).containsExactly(STAMP + (1L << 30) + 5);
  }

  @Test
  void flaggedPageMayBeginWithAnAbsoluteStamp() throws FormatTextException {
    Found found = read(page().absolute(STAMP + 77).record(0, EVENT).lost(3));

    assertThat(found.lost).isTrue();
    assertThat(found.count).isEqualTo(3);
    assertThat(found.times).containsExactly(STAMP + 77);
  }

  @Test
  void flagsCountWhereTheUpperHalfOfTheCommitWordIsZero() throws FormatTextException {
    Found found = read(page().record(0, EVENT).lost(9));

    assertThat(found).isEqualTo(new Found(true, 9, List.of(STAMP), List.of()));
  }

  @Test
  void flagsCountWhereTheUpperHalfOfTheCommitWordIsAllOnes() throws FormatTextException {
    Found found = read(page().record(0, EVENT).lost(9).upperHalfOnes());

    assertThat(found).isEqualTo(new Found(true, 9, List.of(STAMP), List.of()));
  }

  @Test
  void unusedBitsOfTheCommitWordAreNoLength() throws FormatTextException {
    Found found = read(page().record(0, EVENT).commitBits(7 << 27));

    assertThat(found).isEqualTo(new Found(false, 0, List.of(STAMP), List.of()));
  }

  @Test
  void firstDeltaOfAPageIsAddedToItsStamp() throws FormatTextException {
    assertThat(read(page().record(1552, EVENT).record(3, EVENT)).times)
        .containsExactly(STAMP + 1552, STAMP + 1555);
  }

  @ParameterizedTest
  @ValueSource(longs = {1 << 26, (1 << 26) + 5, (1 << 27) - 1})
  void deltasUseAll27Bits(long delta) throws FormatTextException {
    assertThat(read(page().record(delta, EVENT)).times).containsExactly(STAMP + delta);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 27, (1L << 27) + 3, 327_482_586L, 1L << 32, (1L << 59) - 1})
  void timeExtendSuppliesTheBitsFrom27Up(long delta) throws FormatTextException {
    assertThat(read(page().timeExtend(delta).record(7, EVENT)).times)
        .containsExactly(STAMP + delta + 7);
  }

  @Test
  void severalTimeExtendsBeforeAnEventAddUp() throws FormatTextException {
    assertThat(read(page().timeExtend(1L << 40).timeExtend(0).timeExtend(5).record(1, EVENT)).times)
        .containsExactly(STAMP + (1L << 40) + 6);
  }

  @Test
  void absoluteStampTakesItsTopFiveBitsFromTheTimeBefore() throws FormatTextException {
    long tai = 1_795_498_994_785_603_739L; // over 2^60: the clock tai of today
    Found found =
        read(new PageBuilder(PageShape.X86_64, tai).absolute(tai + 1000).record(1, EVENT));

    assertThat(found.times).containsExactly(tai + 1001);
  }

  @Test
  void absoluteStampMayRepeatTheTimeBefore() throws FormatTextException {
    long tai = 1_795_498_994_785_603_739L;

    assertThat(read(new PageBuilder(PageShape.X86_64, tai).absolute(tai).record(1, EVENT)).times)
        .containsExactly(tai + 1);
  }

  @Test
  void absoluteStampThatWouldStepBackHasPassed59Bits() throws FormatTextException {
    long before = (3L << 59) - 10;
    PageBuilder page = new PageBuilder(PageShape.X86_64, before).record(0, EVENT);
    // Low 59 bits 25: with the top bits of the time before it would lie 2^59 - 35 earlier.
    page.word(31, 25).rawInt(0).record(0, EVENT);

    assertThat(read(page).times).containsExactly(before, (3L << 59) + 25);
  }

  @Test
  void absoluteStampOfAClockBelow59BitsMayStepBack() throws FormatTextException {
    assertThat(read(page().record(9, EVENT).absolute(STAMP + 2).record(0, EVENT)).times)
        .containsExactly(STAMP + 9, STAMP + 2);
  }

  @Test
  void aTimeRecordMayBeTheLastOfItsPage() throws FormatTextException {
    assertThat(read(page().record(1, EVENT).timeExtend(1L << 30)))
        .isEqualTo(new Found(false, 0, List.of(STAMP + 1), List.of()));
  }

  @Test
  void discardedEventWithDelta1AddsNothing() throws FormatTextException {
    assertThat(
            read(page().record(10, EVENT).word(29, 1).rawInt(12).raw(new byte[8]).record(5, EVENT))
                .times)
        .containsExactly(STAMP + 10, STAMP + 15);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 41_870, (1 << 27) - 1})
  void discardedEventWithALargerDeltaAddsIt(int delta) throws FormatTextException {
    assertThat(
            read(page()
                    .record(10, EVENT)
                    .word(29, delta)
                    .rawInt(12)
                    .raw(new byte[8])
                    .record(5, EVENT))
                .times)
        .containsExactly(STAMP + 10, STAMP + 15 + delta);
  }

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
    assertThat(read(page().discarded(9, 4).record(1, EVENT)).times).containsExactly(STAMP + 10);
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

    assertThat(read(shape, KERNEL, page.build()).times)
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
    assertThat(read(shape, kernel, page).times).containsExactly(STAMP + 1, STAMP + 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void storedCountOfZeroOrLessIsALossOfUnknownNumber(long stored) throws FormatTextException {
    Found found = read(page().record(0, EVENT).lost(stored));

    assertThat(found).isEqualTo(new Found(true, 0, List.of(STAMP), List.of()));
  }

  @Test
  void lostFlagWithoutAStoredCountIsALossOfUnknownNumber() throws FormatTextException {
    Found found = read(page().record(0, EVENT).stale(0x11).lost());

    assertThat(found).isEqualTo(new Found(true, 0, List.of(STAMP), List.of()));
  }

  @Test
  void countThatHasNoRoomBehindTheDataIsUnknown() throws FormatTextException {
    PageBuilder page = page();
    for (long time = STAMP; page.fits(time, EVENT); time += 10) {
      page.event(time, EVENT);
    }
    // 4080 bytes of data, and the word claims a count after them, where the next page begins.
    byte[] bytes = page.lost().build();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 4080 | 3 << 30);
    Found found = read(PageShape.X86_64, KERNEL, Arrays.copyOf(bytes, 2 * 4096));

    assertThat(found.lost).isTrue();
    assertThat(found.count).isZero();
    assertThat(found.times).hasSize(255);
  }

  @Test
  void emptyPageKeepsItsLoss() throws FormatTextException {
    assertThat(read(page().lost(5))).isEqualTo(new Found(true, 5, List.of(), List.of()));
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

      assertThat(found.times.size())
          .isEqualTo(bytes < 16 ? 0 : bytes < 44 ? 1 : bytes < 80 ? 2 : 3);
      assertThat(found.damage.size()).as("ends at byte %d", bytes).isLessThanOrEqualTo(1);
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

  @ParameterizedTest
  @ValueSource(ints = {4081, 0x07ff_ffff})
  void commitWordBeyondThePageIsDamage(int length) throws FormatTextException {
    byte[] page = page().record(1, EVENT).lost(7).build();
    ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(8, length | 1 << 31);

    assertThat(read(PageShape.X86_64, KERNEL, page))
        .isEqualTo(new Found(false, 0, List.of(), List.of(Damage.COMMIT_EXCEEDS_PAGE)));
  }

  @Test
  void pageThatWasNeverWrittenIsDamage() throws FormatTextException {
    assertThat(read(PageShape.X86_64, KERNEL, new byte[4096]))
        .isEqualTo(new Found(false, 0, List.of(), List.of(Damage.PAGE_STAMP_ZERO)));
  }

  @ParameterizedTest
  @ValueSource(longs = {STAMP | 1L << 63, STAMP | 1L << 62, 1L << 62, (1L << 48) - (1L << 62) - 1})
  void pageStampThatNoClockHasReachedIsDamage(long stamp) throws FormatTextException {
    PageBuilder page = new PageBuilder(PageShape.X86_64, stamp).record(1, EVENT).lost(7);

    assertThat(read(page))
        .isEqualTo(new Found(false, 0, List.of(), List.of(Damage.TIME_OUT_OF_RANGE)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, (1L << 62) - 1, (1L << 48) - (1L << 62), -2})
  void pageStampsAreSigned(long stamp) throws FormatTextException {
    PageBuilder page = new PageBuilder(PageShape.X86_64, stamp).record(1, EVENT);

    assertThat(read(page)).isEqualTo(new Found(false, 0, List.of(stamp + 1), List.of()));
  }

  @Test
  void timeOfDayOfS390IsReadAlthoughItsTopBitIsSet() throws FormatTextException {
    // 2^-12 us since 1900: the first instant of 2022 in UTC, 122 years with 30 leap days later.
    long stamp = ((122L * 365 + 30) * 86_400_000_000L) << 12;
    PageBuilder page = new PageBuilder(PageShape.X86_64, stamp).record(1, EVENT);

    assertThat(read(page)).isEqualTo(new Found(false, 0, List.of(stamp + 1), List.of()));
  }

  @Test
  void timeExtendsThatAddUpBeyondAnyClockEndThePage() throws FormatTextException {
    PageBuilder page = page().record(1, EVENT);
    for (int i = 0; i < 8; i++) {
      page.timeExtend((1L << 59) - 1);
    }
    page.record(1, EVENT);

    Found found = read(page);

    assertThat(found.times).containsExactly(STAMP + 1);
    assertThat(found.damage).containsExactly(Damage.TIME_OUT_OF_RANGE);
  }

  private static PageBuilder page() {
    return new PageBuilder(PageShape.X86_64, STAMP);
  }

  private static Found read(PageBuilder page) throws FormatTextException {
    return read(PageShape.X86_64, KERNEL, page.build());
  }

  private static Found read(PageShape shape, KvmEvents kernel, byte[] page)
      throws FormatTextException {
    Found found = found(Cursors.rows(shape, kernel, page));
    assertThat(found)
        .as("what the plain decoder says")
        .isEqualTo(found(PlainDecoder.of(shape, kernel).page(0, 0, page)));
    return found;
  }

  private static Found found(EventBatch batch) {
    boolean lost = false;
    long count = 0;
    List<Long> times = new ArrayList<>();
    List<Damage> damage = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      switch (batch.kind(row)) {
        case EventBatch.PAGE -> {
          lost = (batch.flags(row) & EventBatch.LOST) != 0;
          count = batch.code(row);
        }
        case EventBatch.DAMAGE -> damage.add(Damage.ofCode(batch.code(row)));
        default -> times.add(batch.time(row));
      }
    }
    return new Found(lost, count, times, damage);
  }

  private static Found found(PlainPage page) {
    return new Found(
        page.lost(),
        page.lostCount(),
        page.events().stream().map(PlainEvent::timeNs).toList(),
        page.damage() == null ? List.of() : List.of(Damage.valueOf(page.damage().cause().name())));
  }
}
