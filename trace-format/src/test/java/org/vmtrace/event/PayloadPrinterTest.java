package org.vmtrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vmtrace.ring.Endian;
import org.vmtrace.testkit.EventShape;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PlainIsa;

class PayloadPrinterTest {
  private static final String HEAD = "name: sample\nID: 3\nformat:\n";

  private static String print(EventShape event, byte[] payload) throws FormatTextException {
    return print(EventFormat.parse(event.system(), event.formatText()), payload, payload.length);
  }

  private static String print(EventFormat format, byte[] payload, int payloadBytes) {
    StringBuilder out = new StringBuilder();
    new PayloadPrinter(format, Endian.little()).append(payload, 0, payloadBytes, out);
    return out.toString();
  }

  private static String print(String line, byte[] payload) throws FormatTextException {
    EventFormat format = EventFormat.parse("test", HEAD + "\tfield:" + line + "\n");
    return print(format, payload, payload.length);
  }

  @Test
  void unsignedLongsAreHexAndOtherNumbersDecimal() throws FormatTextException {
    KvmEvents kernel = KvmEvents.linux61();

    assertThat(print(kernel.exit(), kernel.exit(7, PlainIsa.SVM, 0x72, 0xfff0, 3)))
        .isEqualTo(
            "exit_reason=114 guest_rip=0xfff0 isa=2 info1=0x0 info2=0x0 intr_info=0 error_code=0"
                + " vcpu_id=3");
  }

  @Test
  void signedNumbersShowTheirSign() throws FormatTextException {
    EventShape exit = KvmEvents.arm64(ByteOrder.LITTLE_ENDIAN).exit();
    byte[] payload = exit.payload(ByteOrder.LITTLE_ENDIAN, Map.of("ret", -1L));

    assertThat(print(exit, payload)).startsWith("ret=-1 esr_ec=0 vcpu_pc=0x0");
  }

  @Test
  void dynamicTextIsTakenFromBehindTheFields() throws FormatTextException {
    KvmEvents kernel = KvmEvents.linux61();

    assertThat(print(kernel.message(), kernel.message(7, "a \"b\"\t\u001b[2J\u202e\n")))
        .isEqualTo("msg=\"a \\\"b\\\"\\u0009\\u001b[2J\\u202e\\u000a\"");
  }

  @Test
  void relativePlacesCountFromTheEndOfTheField() throws FormatTextException {
    ByteBuffer payload = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    payload.putInt(8, 3 << 16 | 4).put(16, "hi\0".getBytes(StandardCharsets.UTF_8));

    assertThat(print("__rel_loc char[] text;\toffset:8;\tsize:4;\tsigned:1;", payload.array()))
        .isEqualTo("text=\"hi\"");
  }

  @Test
  void dynamicDataOutsideOfThePayloadAreCut() throws FormatTextException {
    String line = "__data_loc char[] text;\toffset:8;\tsize:4;\tsigned:1;";
    ByteBuffer payload = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    payload.put(12, "abcd".getBytes(StandardCharsets.UTF_8));

    payload.putInt(8, 0xffff << 16 | 12);
    assertThat(print(line, payload.array())).isEqualTo("text=\"abcd\"");
    payload.putInt(8, 0xffffffff);
    assertThat(print(line, payload.array())).isEqualTo("text=\"\"");
  }

  @Test
  void fixedArraysAreTextOrNumbers() throws FormatTextException {
    byte[] payload = new byte[24];
    payload[8] = 'k';
    payload[9] = 'v';
    payload[12] = 1;

    assertThat(print("char comm[16];\toffset:8;\tsize:16;\tsigned:0;", payload))
        .isEqualTo("comm=\"kv\"");
    assertThat(print("u32 words[2];\toffset:8;\tsize:8;\tsigned:0;", payload))
        .isEqualTo("words={30315,1}");
    assertThat(print("unsigned long args[2];\toffset:8;\tsize:16;\tsigned:0;", payload))
        .isEqualTo("args={0x10000766b,0x0}");
    assertThat(print("u8 raw[LENGTH];\toffset:8;\tsize:3;\tsigned:0;", payload))
        .isEqualTo("raw=6b7600");
  }

  @Test
  void pointersAreHexAndStructsBytes() throws FormatTextException {
    byte[] payload = new byte[24];
    payload[8] = (byte) 0xff;

    assertThat(print("void * ip;\toffset:8;\tsize:8;\tsigned:0;", payload)).isEqualTo("ip=0xff");
    assertThat(print("struct x key;\toffset:8;\tsize:3;\tsigned:0;", payload))
        .isEqualTo("key=ff0000");
  }

  @Test
  void fieldsThatThePayloadDoesNotReachAreUnknown() throws FormatTextException {
    EventShape exit = KvmEvents.linux61().exit();
    EventFormat format = EventFormat.parse("kvm", exit.formatText());

    assertThat(print(format, new byte[64], 24))
        .isEqualTo(
            "exit_reason=0 guest_rip=0x0 isa=? info1=? info2=? intr_info=? error_code=?"
                + " vcpu_id=?");
  }
}
