package org.vmtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KvmEventsTest {
  @ParameterizedTest
  @CsvSource({"linux-6.1", "linux-7.3"})
  void formatsAreThoseOfTheRealKernels(String kernel) throws IOException {
    Path formats = SharedTraces.folder().resolve(kernel).resolve("formats");
    assumeTrue(Files.isDirectory(formats), SharedTraces.whyAbsent());
    KvmEvents events = kernel.equals("linux-6.1") ? KvmEvents.linux61() : KvmEvents.linux73();
    String exit = Files.readString(formats.resolve("kvm/kvm_exit/format"));
    String entry = Files.readString(formats.resolve("kvm/kvm_entry/format"));
    // The builder's list of reasons is shorter; all before it, and all of the entry, is the same.
    assertThat(upToTheReasons(events.exit().formatText())).isEqualTo(upToTheReasons(exit));
    assertThat(events.entry().formatText()).isEqualTo(entry);
  }

  @Test
  void headerTextsAreThoseOfARealKernel() throws IOException {
    Path formats = SharedTraces.folder().resolve("linux-7.3").resolve("formats");
    assumeTrue(Files.isDirectory(formats), SharedTraces.whyAbsent());
    assertThat(PageShape.X86_64.headerPageText())
        .isEqualTo(Files.readString(formats.resolve("header_page")));
    assertThat(PageShape.headerEventText())
        .isEqualTo(Files.readString(formats.resolve("header_event")));
  }

  @Test
  void payloadsHaveTheSizesThatTellTheLayout() {
    // fact sheet, section 4.1: words of (exit, entry)
    assertThat(words(KvmEvents.linux2012Rt())).containsExactly(14, 5);
    assertThat(words(KvmEvents.linux2631())).containsExactly(6, 3);
    // one more number among the common fields
    assertThat(words(KvmEvents.linux2632())).containsExactly(6, 4);
    assertThat(words(KvmEvents.linux2638())).containsExactly(12, 4);
    assertThat(words(KvmEvents.linux36())).containsExactly(12, 3);
    assertThat(words(KvmEvents.linux61())).containsExactly(16, 8);
    assertThat(words(KvmEvents.linux73())).containsExactly(18, 10);
  }

  @Test
  void formatTextIsReadBack() {
    for (EventShape event : KvmEvents.riscv().all()) {
      EventShape read = EventShape.parse(event.system(), event.formatText());
      assertThat(read.fields()).isEqualTo(event.fields());
      assertThat(read.id()).isEqualTo(event.id());
      assertThat(read.printFormat()).isEqualTo(event.printFormat());
    }
  }

  @Test
  void reasonsAreNamedByTheListOfTheirIsa() {
    PlainReasons x86 = PlainReasons.of(KvmEvents.linux73().exit());
    assertThat(x86.name(PlainIsa.VMX, 12)).isEqualTo("HLT");
    assertThat(x86.name(PlainIsa.SVM, 0x78)).isEqualTo("hlt");
    assertThat(x86.name(PlainIsa.SVM, 0x4e)).isEqualTo("PF excp");
    assertThat(x86.name(PlainIsa.SVM, 0x80000001L)).isEqualTo("vmgexit_mmio_read");
    assertThat(x86.name(PlainIsa.SVM, 0xffffffffL)).isEqualTo("invalid_guest_state");
    assertThat(x86.name(PlainIsa.SVM, 12)).isEqualTo("0xc");
    PlainReasons arm = PlainReasons.of(KvmEvents.arm64(ByteOrder.LITTLE_ENDIAN).exit());
    assertThat(arm.name(PlainIsa.ARM64, 0)).isEqualTo("IRQ");
    assertThat(arm.name(PlainIsa.ARM64_TRAP, 1)).isEqualTo("WFx");
  }

  private static Stream<Integer> words(KvmEvents events) {
    return Stream.of(events.exit().payloadBytes() / 4, events.entry().payloadBytes() / 4);
  }

  private static String upToTheReasons(String format) {
    return format.substring(0, format.indexOf("{ 0, \"EXCEPTION_NMI\" }"));
  }
}
