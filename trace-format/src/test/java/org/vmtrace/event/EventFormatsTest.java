package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageShape;

class EventFormatsTest {
  private static EventFormats sample() {
    EventFormats.Builder builder =
        EventFormats.builder()
            .headerPage(PageShape.X86_64.headerPageText())
            .headerEvent(PageShape.headerEventText());
    for (EventShape event : KvmEvents.linux73().all()) {
      builder.add(event.system(), event.formatText());
    }
    return builder.build();
  }

  @Test
  void eventsAreFoundByNameAndById() throws FormatTextException {
    EventFormats formats = sample();

    assertThat(formats.find("kvm", "kvm_exit").orElseThrow().id()).isEqualTo(1721);
    assertThat(formats.byId(1733).orElseThrow().name()).isEqualTo("kvm_entry");
    assertThat(formats.find("kvm", "kvm_exi")).isEmpty();
    assertThat(formats.find("printk", "kvm_exit")).isEmpty();
    assertThat(formats.byId(0)).isEmpty();
    assertThat(formats.names())
        .containsExactly("kvm:kvm_exit", "kvm:kvm_entry", "kvm:kvm_fpu", "printk:console");
  }

  @Test
  void onlyTheTextAskedForIsParsed() throws FormatTextException {
    EventFormats formats =
        EventFormats.builder()
            .add("kvm", "name: broken\nID: 9\nformat:\n\tfield:nonsense\n")
            .add("kvm", KvmEvents.linux73().entry().formatText())
            .build();

    assertThat(formats.find("kvm", "kvm_entry")).isPresent();
    assertThat(formats.byId(1733)).isPresent();
    assertThat(formats.byId(9)).isEmpty();
    assertThatThrownBy(() -> formats.find("kvm", "broken")).isInstanceOf(FormatTextException.class);
  }

  @Test
  void bytesGiveTheSameFormatsBack() throws FormatTextException {
    EventFormats formats = sample();

    EventFormats copy = EventFormats.fromBytes(formats.toBytes());

    assertThat(copy).isEqualTo(formats).hasSameHashCodeAs(formats);
    assertThat(copy.find("kvm", "kvm_exit")).isPresent();
    assertThat(formats.toBytes().length).isLessThan(3000);
  }

  @Test
  void bytesCutAnywhereAreRefused() {
    byte[] bytes = sample().toBytes();
    // The last few bytes are a checksum, after everything that is read.
    for (int length = 0; length < bytes.length - 16; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> EventFormats.fromBytes(cut)).isInstanceOf(FormatTextException.class);
    }
  }

  @Test
  void aFolderLaidOutLikeTracefsIsRead(@TempDir Path folder) throws Exception {
    EventFormats formats = sample();
    Files.writeString(folder.resolve("header_page"), formats.headerPage());
    Files.writeString(folder.resolve("header_event"), formats.headerEvent());
    Files.writeString(folder.resolve("enable"), "0\n");
    for (EventShape event : KvmEvents.linux73().all()) {
      Path event1 = Files.createDirectories(folder.resolve(event.system()).resolve(event.name()));
      Files.writeString(event1.resolve("format"), event.formatText());
      Files.writeString(event1.resolve("id"), event.id() + "\n");
    }

    EventFormats read = FormatFolder.read(folder);

    assertThat(read.headerPage()).isEqualTo(formats.headerPage());
    assertThat(read.names()).containsExactlyInAnyOrderElementsOf(formats.names());
  }

  @Test
  void aFolderWithoutFormatsIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> FormatFolder.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no event formats");
  }
}
