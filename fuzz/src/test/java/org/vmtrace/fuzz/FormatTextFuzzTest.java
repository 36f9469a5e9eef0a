package org.vmtrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmtrace.event.EventField;
import org.vmtrace.event.EventFormat;
import org.vmtrace.event.EventFormats;
import org.vmtrace.event.EventPair;
import org.vmtrace.event.EventSchema;
import org.vmtrace.event.FormatTextException;
import org.vmtrace.event.HeaderPage;
import org.vmtrace.event.PayloadPrinter;
import org.vmtrace.ring.Endian;
import org.vmtrace.ring.Isa;
import org.vmtrace.ring.PageLayout;

/** Texts of the kernel: event formats with their symbol lists, header_page. */
class FormatTextFuzzTest {
  private static final int PAYLOAD_BYTES = 48;

  static Stream<byte[]> seeds() {
    return Stream.concat(
            PageKind.ALL.stream().map(kind -> kind.kernel.exit().formatText()),
            Stream.concat(
                PageKind.ALL.stream().map(kind -> kind.shape.headerPageText()),
                Stream.of(PageKind.ALL.get(0).kernel.message().formatText())))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyTextIsReadOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    asHeaderPage(text);
    asEvent(text);
    asExit(text);
  }

  private static void asHeaderPage(String text) {
    try {
      PageLayout layout = HeaderPage.parse(text, Endian.little());
      assertThat(layout.pageBytes()).isBetween(1, PageLayout.MAX_PAGE_BYTES);
      assertThat(layout.dataBytes()).isPositive();
    } catch (FormatTextException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static void asEvent(String text) {
    try {
      EventFormat format = EventFormat.parse("any", text);
      for (EventField field : format.fields()) {
        assertThat(field.offset()).isNotNegative();
        assertThat(field.bytes()).isNotNegative();
        assertThat((long) field.offset() + field.bytes()).isLessThanOrEqualTo(Integer.MAX_VALUE);
      }
      StringBuilder line = new StringBuilder();
      new PayloadPrinter(format, Endian.big()).append(payload(text), 0, PAYLOAD_BYTES, line);
      assertThat(line.chars().noneMatch(Character::isISOControl)).isTrue();
    } catch (FormatTextException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  /** A payload that depends on nothing but the text. */
  private static byte[] payload(String text) {
    byte[] payload = new byte[PAYLOAD_BYTES];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (text.length() * 31 + i * 7);
    }
    return payload;
  }

  /** The text as that of kvm_exit, whose print format names the reasons. */
  private static void asExit(String text) {
    try {
      EventFormats formats =
          EventFormats.builder()
              .add("kvm", text)
              .add("kvm", PageKind.ALL.get(0).kernel.entry().formatText())
              .build();
      assertThat(EventFormats.fromBytes(formats.toBytes())).isEqualTo(formats);
      EventSchema schema = EventSchema.of(formats, EventPair.KVM);
      for (Isa isa : Isa.values()) {
        assertThat(schema.reasons().name(isa, 12)).isNotEmpty();
      }
    } catch (FormatTextException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
