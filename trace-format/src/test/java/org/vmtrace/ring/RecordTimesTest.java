package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vmtrace.ring.CraftedPage.EVENT;
import static org.vmtrace.ring.CraftedPage.STAMP;
import static org.vmtrace.ring.CraftedPage.page;
import static org.vmtrace.ring.CraftedPage.read;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.ring.CraftedPage.Found;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;

/**
 * Times of records: page stamps, deltas, time extends and absolute stamps. Expected values are
 * arithmetic on what was put on the page; see {@link CraftedPage}.
 */
class RecordTimesTest {
  /** Over 2^60: the clock tai of today. */
  private static final long TAI = 1_795_498_994_785_603_739L;

  @Test
  void firstDeltaOfAPageIsAddedToItsStamp() throws FormatTextException {
    assertThat(read(page().record(1552, EVENT).record(3, EVENT)).times())
        .containsExactly(STAMP + 1552, STAMP + 1555);
  }

  @ParameterizedTest
  @ValueSource(longs = {1 << 26, (1 << 26) + 5, (1 << 27) - 1})
  void deltasUseAll27Bits(long delta) throws FormatTextException {
    assertThat(read(page().record(delta, EVENT)).times()).containsExactly(STAMP + delta);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 27, (1L << 27) + 3, 327_482_586L, 1L << 32, (1L << 59) - 1})
  void timeExtendSuppliesTheBitsFrom27Up(long delta) throws FormatTextException {
    assertThat(read(page().timeExtend(delta).record(7, EVENT)).times())
        .containsExactly(STAMP + delta + 7);
  }

  @Test
  void severalTimeExtendsBeforeAnEventAddUp() throws FormatTextException {
    assertThat(
            read(page().timeExtend(1L << 40).timeExtend(0).timeExtend(5).record(1, EVENT)).times())
        .containsExactly(STAMP + (1L << 40) + 6);
  }

  @Test
  void absoluteStampTakesItsTopFiveBitsFromTheTimeBefore() throws FormatTextException {
    Found found =
        read(new PageBuilder(PageShape.X86_64, TAI).absolute(TAI + 1000).record(1, EVENT));

    assertThat(found.times()).containsExactly(TAI + 1001);
  }

  @Test
  void absoluteStampMayRepeatTheTimeBefore() throws FormatTextException {
    assertThat(read(new PageBuilder(PageShape.X86_64, TAI).absolute(TAI).record(1, EVENT)).times())
        .containsExactly(TAI + 1);
  }

  @Test
  void absoluteStampThatWouldStepBackHasPassed59Bits() throws FormatTextException {
    long before = (3L << 59) - 10;
    PageBuilder page = new PageBuilder(PageShape.X86_64, before).record(0, EVENT);
    // Low 59 bits 25: with the top bits of the time before it would lie 2^59 - 35 earlier.
    page.word(31, 25).rawInt(0).record(0, EVENT);

    assertThat(read(page).times()).containsExactly(before, (3L << 59) + 25);
  }

  @Test
  void absoluteStampOfAClockBelow59BitsMayStepBack() throws FormatTextException {
    assertThat(read(page().record(9, EVENT).absolute(STAMP + 2).record(0, EVENT)).times())
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
                .times())
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
                .times())
        .containsExactly(STAMP + 10, STAMP + 15 + delta);
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

    assertThat(found.times()).containsExactly(STAMP + 1);
    assertThat(found.damage()).containsExactly(Damage.TIME_OUT_OF_RANGE);
  }
}
