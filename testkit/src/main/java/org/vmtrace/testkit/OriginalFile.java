package org.vmtrace.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The file of the original vm-trace tool: 8 bytes, then the pages of one CPU. */
public final class OriginalFile {
  private OriginalFile() {}

  /**
   * The bytes of a file: little-endian u32 0xcce96d01, u16 entry id, u16 exit id, pages of 4096
   * bytes.
   */
  public static byte[] of(int entryId, int exitId, byte[] pages) {
    ByteBuffer file = ByteBuffer.allocate(8 + pages.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0xcce96d01).putShort((short) entryId).putShort((short) exitId);
    return file.put(pages).array();
  }
}
