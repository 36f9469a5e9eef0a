package org.vmtrace.ring;

/**
 * Where things lie on a page (sub-buffer) of the ring buffer, as the kernel's {@code
 * events/header_page} tells.
 *
 * <pre>
 *  0               8               16 (12 on 32-bit kernels)            pageBytes
 *  +---------------+---------------+------------------------------------+
 *  | time stamp    | commit word   | data: records, then unused room    |
 *  +---------------+---------------+------------------------------------+
 *
 *  commit word, low 32 bits:  31   30      29..27   26..0
 *                             lost counted unused   bytes of valid data
 * </pre>
 *
 * @param pageBytes size of a page in bytes, up to 1 MiB
 * @param commitOffset offset of the commit word
 * @param commitBytes size of the commit word and of a kernel {@code long}: 8, or 4 on 32-bit
 *     kernels
 * @param dataOffset offset of the first record
 * @param endian the kernel's byte order
 */
public record PageLayout(
    int pageBytes, int commitOffset, int commitBytes, int dataOffset, Endian endian) {
  /**
   * The largest page the kernel can have: the write index of a page has 20 bits
   * (kernel/trace/ring_buffer.c).
   */
  public static final int MAX_PAGE_BYTES = 1 << 20;

  /** The size of the time stamp, which stands at offset 0. */
  public static final int STAMP_BYTES = 8;

  /**
   * Checks the numbers against each other.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public PageLayout {
    check(commitBytes == 4 || commitBytes == 8, "the commit word has " + commitBytes + " bytes");
    check(commitOffset >= STAMP_BYTES, "the commit word lies at " + commitOffset);
    check(
        dataOffset >= commitOffset + commitBytes && dataOffset < MAX_PAGE_BYTES,
        "the data begins at " + dataOffset);
    check(pageBytes > dataOffset, "a page of " + pageBytes + " bytes has no data");
    check(pageBytes <= MAX_PAGE_BYTES, "a page of " + pageBytes + " bytes is over 1 MiB");
    check(pageBytes % 4 == 0, "a page of " + pageBytes + " bytes is no multiple of 4");
  }

  /** The layout of a 64-bit kernel. */
  public static PageLayout of(int pageBytes, Endian endian) {
    return new PageLayout(pageBytes, 8, 8, 16, endian);
  }

  /** Room for records on a page, in bytes. */
  public int dataBytes() {
    return pageBytes - dataOffset;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
