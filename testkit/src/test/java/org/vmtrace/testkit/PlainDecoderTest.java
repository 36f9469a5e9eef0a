package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.testkit.PlainDamage.Cause;

class PlainDecoderTest {
  private static final KvmEvents KVM = KvmEvents.linux61();
  private static final byte[] ENTRY = KVM.entry(42, 0x1000, 5, true);
  private static final byte[] EXIT = KVM.exit(42, PlainIsa.SVM, 0x78, 0x2000, 6);
  private static final long STAMP = 1_000_000;

  private final PageBuilder page = new PageBuilder(PageShape.X86_64, STAMP);

  @Test
  void firstRecordsDeltaIsAddedToThePagesStamp() {
    page.record(7, ENTRY).record(3, EXIT);
    assertThat(times()).containsExactly(STAMP + 7, STAMP + 10);
  }

  @Test
  void fieldsComeFromTheFormat() {
    page.record(0, EXIT).record(0, ENTRY).record(0, KVM.other(9));
    PlainPage decoded = decode();
    PlainEvent exit = decoded.events().get(0);
    assertThat(exit.isa()).isEqualTo(PlainIsa.SVM);
    assertThat(exit.code()).isEqualTo(0x78);
    assertThat(exit.instructionPointer()).isEqualTo(0x2000);
    assertThat(exit.vcpu()).isEqualTo(6);
    PlainEvent entry = decoded.events().get(1);
    assertThat(entry.immediateExit()).isTrue();
    assertThat(entry.vcpu()).isEqualTo(5);
    PlainEvent other = decoded.events().get(2);
    assertThat(other.kind()).isEqualTo(PlainEvent.Kind.OTHER);
    assertThat(other.pid()).isEqualTo(9);
    assertThat(other.vcpu()).isNull();
  }

  @Test
  void vmxReasonIsItsLow16BitsAndBit31AFailedEntry() {
    page.record(0, KVM.exit(1, PlainIsa.VMX, 0x84000021L, 0, 0));
    PlainEvent exit = decode().events().get(0);
    assertThat(exit.code()).isEqualTo(0x21);
    assertThat(exit.failedEntry()).isTrue();
  }

  @Test
  void svmReasonIsAll32Bits() {
    page.record(0, KVM.exit(1, PlainIsa.SVM, -1, 0, 0));
    PlainEvent exit = decode().events().get(0);
    assertThat(exit.code()).isEqualTo(0xffffffffL);
    assertThat(exit.failedEntry()).isFalse();
  }

  @Test
  void payloadsUpTo112BytesHaveTheirLengthInTheTypeAndLongerOnesAWordOfTheirOwn() {
    for (int bytes : new int[] {104, 108, 112, 116}) {
      byte[] built =
          new PageBuilder(PageShape.X86_64, 0).record(0, Arrays.copyOf(EXIT, bytes)).build();
      int type = built[16] & 0x1f;
      assertThat(type).isEqualTo(bytes == 116 ? 0 : bytes / 4);
      if (type == 0) {
        assertThat(built[20]).isEqualTo((byte) 120);
        assertThat(built[8]).isEqualTo((byte) 124);
      }
    }
  }

  @Test
  void unevenLengthIsRoundedUpToFour() {
    page.longRecord(1, KVM.message(3, "abcdef")).record(2, ENTRY);
    assertThat(times()).containsExactly(STAMP + 1, STAMP + 3);
  }

  @Test
  void gapOfManyYearsFitsATimeExtend() {
    page.timeExtend(1L << 58).record(0, ENTRY);
    assertThat(times()).containsExactly(STAMP + (1L << 58));
  }

  @Test
  void absoluteStampReplacesTheTimeEvenBackwards() {
    page.record(9, ENTRY).absolute(STAMP - 500).record(1, EXIT);
    assertThat(times()).containsExactly(STAMP + 9, STAMP - 499);
  }

  @Test
  void absoluteStampTakesItsUpperFiveBitsFromTheTimeBefore() {
    long tai = 1_795_498_994_785_603_739L;
    PageBuilder late = new PageBuilder(PageShape.X86_64, tai);
    late.absolute(tai + 1000).record(0, ENTRY);
    assertThat(decode(late).events()).extracting(PlainEvent::timeNs).containsExactly(tai + 1000);
  }

  @Test
  void absoluteStampBelowTheTimeBeforeHasPassedThe59Bits() {
    long top = 3L << 59;
    PageBuilder late = new PageBuilder(PageShape.X86_64, top - 10);
    // a stamp of 59 bits that are all 0 but the last three: 5 ns after the border
    late.word(31, 5).rawInt(0).record(0, ENTRY);
    assertThat(decode(late).events()).extracting(PlainEvent::timeNs).containsExactly(top + 5);
  }

  @Test
  void discardedEventsDeltaCountsUnlessItIsOne() {
    page.discarded(41_870, 40).record(0, ENTRY).discarded(0, 40).record(0, EXIT);
    assertThat(times()).containsExactly(STAMP + 41_870, STAMP + 41_870);
  }

  @Test
  void fillerEndsThePageWithoutDamage() {
    page.record(0, ENTRY).filler();
    PlainPage decoded = decode();
    assertThat(decoded.dataLength()).isEqualTo(4080);
    assertThat(decoded.events()).hasSize(1);
    assertThat(decoded.damage()).isNull();
    byte[] nearlyFull = new byte[4080 - 8 - 4 - 36];
    PageBuilder full = new PageBuilder(PageShape.X86_64, STAMP).record(0, ENTRY);
    full.longRecord(0, nearlyFull).filler();
    assertThat(decode(full).damage()).isNull();
    assertThat(decode(full).dataLength()).isEqualTo(4080);
  }

  @Test
  void bytesBehindTheDataAreNotRead() {
    page.record(0, ENTRY).stale(0x0f);
    assertThat(decode().events()).hasSize(1);
    assertThat(decode().damage()).isNull();
  }

  @Test
  void countIsLeftOutWhereItDoesNotFit() {
    page.record(0, ENTRY).discarded(1, page.free() - 8).lost(77);
    PlainPage decoded = decode();
    assertThat(decoded.lost()).isTrue();
    assertThat(decoded.lostCount()).isZero();
  }

  @Test
  void negativeCountIsUnknown() {
    page.record(0, ENTRY).lost(-5);
    assertThat(decode().lost()).isTrue();
    assertThat(decode().lostCount()).isZero();
  }

  @Test
  void unevenPaddingIsRoundedUpToFour() {
    page.word(29, 1).rawInt(5).raw(new byte[4]).record(3, ENTRY);
    assertThat(times()).containsExactly(STAMP + 3);
  }

  @Test
  void thirtyTwoBitKernelHasA4ByteCommitAndCount() {
    PageShape shape = PageShape.of32Bit(4096, ByteOrder.LITTLE_ENDIAN);
    KvmEvents kvm = KvmEvents.linux32Bit();
    byte[] exit = kvm.exit(1, PlainIsa.VMX, 10, 0xc0001234L, 0);
    byte[] built = new PageBuilder(shape, STAMP).record(4, exit).lost(99).build();
    assertThat(built[8]).isEqualTo((byte) (4 + 36));
    PlainPage decoded = PlainDecoder.of(shape, kvm).page(0, 0, built);
    assertThat(decoded.lostCount()).isEqualTo(99);
    assertThat(decoded.events().get(0).instructionPointer()).isEqualTo(0xc0001234L);
  }

  @Test
  void bigEndianWordHasItsTypeInTheUpperBits() {
    PageShape shape = PageShape.of(4096, ByteOrder.BIG_ENDIAN);
    KvmEvents kvm = KvmEvents.arm64(ByteOrder.BIG_ENDIAN);
    byte[] built = new PageBuilder(shape, STAMP).record(1, kvm.entry(1, 2, 0, false)).build();
    // type 4 in the upper five bits, delta 1 below
    assertThat(Arrays.copyOfRange(built, 16, 20)).containsExactly(0x20, 0, 0, 1);
    assertThat(PlainDecoder.of(shape, kvm).page(0, 0, built).events()).hasSize(1);
  }

  @Test
  void everyRecordOfAnAlignedKernelIsAMultipleOf8() {
    PageShape shape = PageShape.X86_64.withEightByteRecords();
    KvmEvents kvm = KvmEvents.riscv();
    PageBuilder aligned = new PageBuilder(shape, STAMP);
    aligned.record(0, kvm.other(1)).record(5, kvm.exit(1, PlainIsa.RISCV, 21, 9, 0));
    assertThat(aligned.used()).isEqualTo(24 + 56);
    PlainPage decoded = PlainDecoder.of(shape, kvm).page(0, 0, aligned.build());
    assertThat(decoded.events()).extracting(PlainEvent::timeNs).containsExactly(STAMP, STAMP + 5);
  }

  static Stream<Bad> badRecords() {
    PageBuilder shortEvent = start().longRecord(0, new byte[7]);
    PageBuilder shortExit = start().record(0, Arrays.copyOf(EXIT, 56));
    return Stream.of(
        new Bad(Cause.RECORD_WORD_CUT, start().raw(new byte[3])),
        new Bad(Cause.RECORD_EXCEEDS_DATA, start().word(8, 0).raw(new byte[28])),
        new Bad(Cause.RECORD_EXCEEDS_DATA, start().word(0, 0)),
        new Bad(Cause.RECORD_EXCEEDS_DATA, start().word(30, 1)),
        new Bad(Cause.RECORD_EXCEEDS_DATA, start().word(0, 0).rawInt(-1)),
        new Bad(Cause.RECORD_EXCEEDS_DATA, start().word(29, 1)),
        new Bad(Cause.RECORD_LENGTH_ZERO, start().word(0, 0).rawInt(0)),
        new Bad(Cause.RECORD_LENGTH_SHORT, start().word(0, 0).rawInt(3)),
        new Bad(Cause.PADDING_EXCEEDS_DATA, start().word(29, 1).rawInt(5)),
        new Bad(Cause.PADDING_EXCEEDS_DATA, start().word(29, 1).rawInt(-1)),
        new Bad(Cause.PADDING_LENGTH_SHORT, start().word(29, 1).rawInt(3)),
        new Bad(Cause.PADDING_BEFORE_END, start().word(29, 0).rawInt(0)),
        new Bad(Cause.EVENT_SHORTER_THAN_HEADER, shortEvent),
        new Bad(Cause.EVENT_SHORTER_THAN_FORMAT, shortExit));
  }

  record Bad(Cause cause, PageBuilder page) {
    @Override
    public String toString() {
      return cause.name();
    }
  }

  private static PageBuilder start() {
    return new PageBuilder(PageShape.X86_64, STAMP).record(5, ENTRY);
  }

  @ParameterizedTest
  @MethodSource("badRecords")
  void badRecordEndsItsPageAndKeepsWhatWasBefore(Bad bad) {
    PlainPage decoded = decode(bad.page());
    assertThat(decoded.events()).extracting(PlainEvent::timeNs).containsExactly(STAMP + 5);
    assertThat(decoded.damage()).isEqualTo(new PlainDamage(bad.cause(), 16 + 36));
  }

  @Test
  void pageThatClaimsTooMuchIsUnreadable() {
    page.record(0, ENTRY).lost(3).falseLength(4081);
    assertThat(decode())
        .isEqualTo(PlainPage.unreadable(new PlainDamage(Cause.COMMIT_EXCEEDS_PAGE, 0)));
  }

  @Test
  void pageThatTheFileCutsIsUnreadable() {
    byte[] two = Arrays.copyOf(page.record(0, ENTRY).build(), 4096 + 4095);
    PlainStream stream = PlainDecoder.of(PageShape.X86_64, KVM).stream(0, two);
    assertThat(stream.pages()).hasSize(2);
    assertThat(stream.pages().get(1))
        .isEqualTo(PlainPage.unreadable(new PlainDamage(Cause.PAGE_CUT_SHORT, 0)));
  }

  @Test
  void lossOfAnEmptyPageIsKept() {
    page.lost(4);
    assertThat(decode().lostCount()).isEqualTo(4);
    assertThat(decode().events()).isEmpty();
  }

  @Test
  void upperHalfOfTheCommitWordMeansNothing() {
    byte[] zeros = page.record(0, ENTRY).lost(4).build();
    byte[] ones = page.upperHalfOnes().build();
    assertThat(IntStream.range(12, 16).map(at -> ones[at])).containsOnly(-1);
    PlainDecoder decoder = PlainDecoder.of(PageShape.X86_64, KVM);
    assertThat(decoder.page(0, 0, ones)).isEqualTo(decoder.page(0, 0, zeros));
  }

  private Stream<Long> times() {
    return decode().events().stream().map(PlainEvent::timeNs);
  }

  private PlainPage decode() {
    return decode(page);
  }

  private static PlainPage decode(PageBuilder built) {
    return PlainDecoder.of(PageShape.X86_64, KVM).page(0, 0, built.build());
  }
}
