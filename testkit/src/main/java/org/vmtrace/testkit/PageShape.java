package org.vmtrace.testkit;

import java.nio.ByteOrder;

/**
 * How a kernel lays its ring-buffer pages out.
 *
 * <pre>
 *   0         8               8 + commitBytes                       pageBytes
 *   | stamp   | commit        | data                                |
 * </pre>
 *
 * @param pageBytes size of one sub-buffer, header included
 * @param order the kernel's byte order
 * @param commitBytes 8 on 64-bit kernels, 4 on 32-bit ones (a kernel long)
 * @param eightByteRecords whether every data record has its length in a word of its own (type_len
 *     0) and a size that is a multiple of 8, as on kernels without efficient unaligned access
 */
public record PageShape(int pageBytes, ByteOrder order, int commitBytes, boolean eightByteRecords) {
  /** The x86-64 kernel's page: 4096 bytes, little-endian, a commit word of 8 bytes. */
  public static final PageShape X86_64 = of(4096, ByteOrder.LITTLE_ENDIAN);

  /** The page of a 64-bit kernel that aligns records to 4 bytes. */
  public static PageShape of(int pageBytes, ByteOrder order) {
    return new PageShape(pageBytes, order, 8, false);
  }

  /** The page of a 32-bit kernel: the commit word has 4 bytes and the data start at 12. */
  public static PageShape of32Bit(int pageBytes, ByteOrder order) {
    return new PageShape(pageBytes, order, 4, false);
  }

  /** The same page with records aligned to 8 bytes. */
  public PageShape withEightByteRecords() {
    return new PageShape(pageBytes, order, commitBytes, true);
  }

  /** Where the data begin, in bytes from the page's start. */
  public int dataOffset() {
    return 8 + commitBytes;
  }

  /** How many bytes of data fit. */
  public int dataBytes() {
    return pageBytes - dataOffset();
  }

  /** The text of {@code events/header_page} for this layout. */
  public String headerPageText() {
    return "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
        + "\tfield: local_t commit;\toffset:8;\tsize:%d;\tsigned:1;\n".formatted(commitBytes)
        + "\tfield: char overwrite;\toffset:8;\tsize:1;\tsigned:0;\n"
        + "\tfield: char data;\toffset:%d;\tsize:%d;\tsigned:0;\n"
            .formatted(dataOffset(), dataBytes());
  }

  /** The text of {@code events/header_event}, the same on every kernel since 2.6.31. */
  public static String headerEventText() {
    return """
        # compressed entry header
        \ttype_len    :    5 bits
        \ttime_delta  :   27 bits
        \tarray       :   32 bits

        \tpadding     : type == 29
        \ttime_extend : type == 30
        \ttime_stamp : type == 31
        \tdata max type_len  == 28
        """;
  }
}
