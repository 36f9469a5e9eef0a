package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.vmtrace.testkit.KvmEvents;

class EventFormatTest {
  private static final String HEAD = "name: sample\nID: 70000\nformat:\n";

  private static EventField field(String line) throws FormatTextException {
    return EventFormat.parse("test", HEAD + "\t" + line + "\n").fields().get(0);
  }

  @Test
  void aKernelsTextGivesNameIdFieldsAndPrintFormat() throws FormatTextException {
    EventFormat format = EventFormat.parse("kvm", KvmEvents.linux61().entry().formatText());

    assertThat(format.name()).isEqualTo("kvm_entry");
    assertThat(format.system()).isEqualTo("kvm");
    assertThat(format.id()).isEqualTo(1449);
    assertThat(format.fields()).hasSize(7);
    assertThat(format.field("rip")).hasValue(new EventField("unsigned long", "rip", 16, 8, false));
    assertThat(format.printFormat()).startsWith("\"vcpu %u, rip 0x%lx%s\"");
  }

  @Test
  void theShortestPayloadEndsWithTheLastField() throws FormatTextException {
    // Linux 6.1: kvm_entry's last field is a bool at 24, its struct has 32 bytes.
    EventFormat format = EventFormat.parse("kvm", KvmEvents.linux61().entry().formatText());

    assertThat(format.minPayloadBytes()).isEqualTo(25);
  }

  @Test
  void idsMayBeLargerThanSixteenBits() throws FormatTextException {
    assertThat(EventFormat.parse("test", HEAD).id()).isEqualTo(70000);
  }

  @Test
  void arraysKeepTheirLengthInTheType() throws FormatTextException {
    EventField comm = field("field:char comm[16];\toffset:8;\tsize:16;\tsigned:0;");

    assertThat(comm).isEqualTo(new EventField("char[16]", "comm", 8, 16, false));
    assertThat(comm.isString()).isTrue();
    assertThat(comm.isDynamic()).isFalse();
  }

  @Test
  void locationsOfDynamicDataAreKnownAsSuch() throws FormatTextException {
    EventField name = field("field:__data_loc char[] name;\toffset:8;\tsize:4;\tsigned:1;");

    assertThat(name.name()).isEqualTo("name");
    assertThat(name.isDynamic()).isTrue();
    assertThat(name.isString()).isTrue();
    assertThat(name.isRelative()).isFalse();
  }

  @Test
  void pointersAreNoArrays() throws FormatTextException {
    EventField fmt = field("field:const char * fmt;\toffset:16;\tsize:8;\tsigned:0;");

    assertThat(fmt.isPointer()).isTrue();
    assertThat(fmt.isString()).isFalse();
    assertThat(fmt.name()).isEqualTo("fmt");
  }

  @Test
  void textsOfOldKernelsWithoutSignednessAreReadByType() throws FormatTextException {
    assertThat(field("field:int common_pid;\toffset:4;\tsize:4;").signed()).isTrue();
    assertThat(field("field:unsigned int vcpu_id;\toffset:8;\tsize:4;").signed()).isFalse();
  }

  @Test
  void specialFieldsOfFtraceEventsAreFields() throws FormatTextException {
    EventField args = field("field special:char buf[8];\toffset:8;\tsize:8;");

    assertThat(args.name()).isEqualTo("buf");
  }

  @Test
  void aTextWithoutNameOrIdIsRefused() {
    assertThatThrownBy(() -> EventFormat.parse("kvm", "ID: 3\nformat:\n"))
        .isInstanceOf(FormatTextException.class)
        .hasMessageContaining("name:");
    assertThatThrownBy(() -> EventFormat.parse("kvm", "name: x\nID: three\nformat:\n"))
        .isInstanceOf(FormatTextException.class)
        .hasMessage("the format of kvm:x has no valid \"ID:\" line");
  }

  @Test
  void aFieldOutsideOfAnyPayloadIsRefused() {
    assertThatThrownBy(() -> field("field:int a;\toffset:1048573;\tsize:4;\tsigned:1;"))
        .isInstanceOf(FormatTextException.class)
        .hasMessageContaining("first MiB");
    assertThatThrownBy(() -> field("field:int a;\toffset:-4;\tsize:4;\tsigned:1;"))
        .isInstanceOf(FormatTextException.class);
    assertThatThrownBy(() -> field("field:int a;\toffset:4;\tsize:99999999999;\tsigned:1;"))
        .isInstanceOf(FormatTextException.class)
        .hasMessageContaining("size: is no number");
  }

  @Test
  void aFieldCutShortIsRefused() {
    String line = "field:unsigned int vcpu_id;\toffset:8;\tsize:4;\tsigned:0;";
    int afterSize = line.indexOf("\tsigned");
    for (int length = "field:".length(); length < afterSize - 2; length++) {
      String cut = line.substring(0, length);
      assertThatThrownBy(() -> field(cut)).isInstanceOf(FormatTextException.class);
    }
  }
}
