package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.vmtrace.testkit.PlainEvent.Kind;

/** Bytes that real kernels wrote, with what they mean (fact sheet, section 7). */
class KnownBytesTest {
  /** exit 443, entry 442: any events whose common fields are those of today. */
  private static final KvmEvents KVM = KvmEvents.linux36().withIds(443, 442);

  private static final PlainDecoder DECODER = PlainDecoder.of(PageShape.X86_64, KVM);

  @Test
  void plainPageHasThreeEvents() {
    byte[] page = page("4be7ea3e99000000 c00f000000000000");
    put(page, 16, "10000000 bb010000 b52a0000");
    put(page, 16 + 68, "26b80000 ba010000 b52a0000");
    put(page, 16 + 68 + 28, "90e10000 bb010000 b52a0000");
    PlainPage decoded = DECODER.page(3, 0, page);
    assertThat(decoded.stampNs()).isEqualTo(658185578315L);
    assertThat(decoded.dataLength()).isEqualTo(4032);
    assertThat(decoded.lost()).isFalse();
    assertThat(decoded.events())
        .extracting(PlainEvent::timeNs)
        .startsWith(658185578315L, 658185579788L, 658185581592L);
    assertThat(decoded.events())
        .extracting(PlainEvent::kind)
        .startsWith(Kind.EXIT, Kind.ENTRY, Kind.EXIT);
    assertThat(decoded.events().get(0).pid()).isEqualTo(10933);
    assertThat(decoded.events().get(0).cpu()).isEqualTo(3);
  }

  @Test
  void timeExtendSuppliesTheBitsFrom27Up() {
    // stamp 658197916487, then the extend and a record of type 16 with delta 0
    byte[] page = page("472ba73f99000000 4c00000000000000");
    put(page, 16, "5e9b9f70 02000000 10000000 bb010000 b52a0000");
    PlainPage decoded = DECODER.page(0, 0, page);
    assertThat(decoded.stampNs()).isEqualTo(658197916487L);
    assertThat(decoded.events()).extracting(PlainEvent::timeNs).containsExactly(658525399073L);
    assertThat(decoded.damage()).isNull();
  }

  @Test
  void builderWritesTheSameTimeExtend() {
    PageBuilder page = new PageBuilder(PageShape.X86_64, 658197916487L);
    page.event(658525399073L, KVM.exit(10933, PlainIsa.VMX, 12, 0, 0));
    assertThat(HexFormat.of().formatHex(page.build(), 16, 24)).isEqualTo("5e9b9f7002000000");
  }

  @Test
  void flaggedPageHasItsCountBehindTheData() {
    byte[] page = page("517e45582e010000 dc0f00c0ffffffff");
    // one discarded record of the whole length, so that the data mean nothing
    put(page, 16, "3d000000 d80f0000");
    put(page, 16 + 4060, "ce30040000000000");
    PlainPage decoded = DECODER.page(0, 0, page);
    assertThat(decoded.dataLength()).isEqualTo(4060);
    assertThat(decoded.lost()).isTrue();
    assertThat(decoded.lostCount()).isEqualTo(274638);
    assertThat(decoded.events()).isEmpty();
    assertThat(decoded.damage()).isNull();
  }

  @Test
  void builderWritesTheSameFlaggedPage() {
    byte[] page =
        new PageBuilder(PageShape.X86_64, 0x12e58457e51L)
            .discarded(1, 4056)
            .lost(274638)
            .upperHalfOnes()
            .build();
    assertThat(HexFormat.of().formatHex(page, 0, 16)).isEqualTo("517e45582e010000dc0f00c0ffffffff");
    assertThat(HexFormat.of().formatHex(page, 16 + 4060, 4096 - 12)).isEqualTo("ce30040000000000");
  }

  @Test
  void copiedPageStartsWithADeltaAndEndsInAFiller() {
    PageBuilder page = new PageBuilder(PageShape.X86_64, 1_000_000);
    page.event(1_001_552, KVM.entry(1, 0, 0, false));
    page.discarded(1, 3868 - page.used() - 4);
    assertThat(page.used()).isEqualTo(3868);
    page.discarded(1, 44);
    PlainPage decoded = DECODER.page(0, 0, page.build());
    assertThat(decoded.dataLength()).isEqualTo(3916);
    assertThat(decoded.events()).extracting(PlainEvent::timeNs).containsExactly(1_001_552L);
  }

  private static byte[] page(String header) {
    byte[] page = new byte[4096];
    put(page, 0, header);
    return page;
  }

  private static void put(byte[] page, int at, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    System.arraycopy(bytes, 0, page, at, bytes.length);
  }
}
