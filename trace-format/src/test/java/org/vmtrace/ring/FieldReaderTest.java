package org.vmtrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldReaderTest {
  /** Where the payload begins: after a page's head and a record's word. */
  private static final int PAYLOAD = 20;

  /** The number stands at the end of the array, among ones. */
  private static long read(ByteOrder order, int bytes, boolean signed, long number) {
    byte[] page = new byte[PAYLOAD + 3 + bytes];
    Arrays.fill(page, (byte) 0xff);
    byte[] eight = ByteBuffer.allocate(8).order(order).putLong(number).array();
    int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : 8 - bytes;
    System.arraycopy(eight, from, page, PAYLOAD + 3, bytes);
    PayloadField field = new PayloadField(3, bytes, signed);
    return new FieldReader(field, Endian.of(order)).read(page, PAYLOAD, 99);
  }

  @ParameterizedTest
  @CsvSource({
    "1,0x7f",
    "1,0x80",
    "2,0x1234",
    "2,0xfedc",
    "4,0x12345678",
    "4,0x80000001",
    "8,0x0123456789abcdef"
  })
  void unsignedNumbersOfAnySizeAndOrder(int bytes, String hex) {
    long number = Long.decode(hex);
    assertThat(read(ByteOrder.LITTLE_ENDIAN, bytes, false, number)).isEqualTo(number);
    assertThat(read(ByteOrder.BIG_ENDIAN, bytes, false, number)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"1,-128", "1,127", "2,-2", "2,32767", "4,-2147483648", "4,5", "8,-3"})
  void signedNumbersOfAnySizeAndOrder(int bytes, long number) {
    assertThat(read(ByteOrder.LITTLE_ENDIAN, bytes, true, number)).isEqualTo(number);
    assertThat(read(ByteOrder.BIG_ENDIAN, bytes, true, number)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1"})
  void absentFieldGivesWhatItIsToGive(long otherwise) {
    FieldReader absent = new FieldReader(PayloadField.ABSENT, Endian.little());
    assertThat(absent.present()).isFalse();
    assertThat(absent.read(new byte[PAYLOAD], PAYLOAD, otherwise)).isEqualTo(otherwise);
  }
}
