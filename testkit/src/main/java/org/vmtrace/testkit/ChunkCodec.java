package org.vmtrace.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;

/**
 * A compression of trace.dat version 7.
 *
 * @param name as the file names it
 * @param version as the file names it
 * @param pack compresses one block; null for a file that is not compressed
 */
public record ChunkCodec(String name, String version, UnaryOperator<byte[]> pack) {
  /** No compression. */
  public static final ChunkCodec NONE = new ChunkCodec("none", "", null);

  /** Zlib streams, as {@code compress2} of zlib makes them. */
  public static final ChunkCodec ZLIB = new ChunkCodec("zlib", "1.2.13", ChunkCodec::deflate);

  /** Zstandard frames whose blocks are stored as they are: valid, and made without a library. */
  public static final ChunkCodec ZSTD = new ChunkCodec("zstd", "1.5.4", ChunkCodec::zstdRaw);

  private static final int ZSTD_BLOCK_MAX = 128 * 1024; // RFC 8878, 3.1.1.2.4

  private static byte[] deflate(byte[] plain) {
    Deflater deflater = new Deflater();
    deflater.setInput(plain);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] block = new byte[4096];
    while (!deflater.finished()) {
      packed.write(block, 0, deflater.deflate(block));
    }
    deflater.end();
    return packed.toByteArray();
  }

  /**
   * RFC 8878, 3.1.1: magic number; a descriptor that says "single segment, content size in 4
   * bytes"; the size; raw blocks, each after 3 bytes of (size, type 0, last).
   */
  private static byte[] zstdRaw(byte[] plain) {
    ByteSink frame = new ByteSink(ByteOrder.LITTLE_ENDIAN);
    frame.u32(0xfd2fb528L).u8(0xa0).u32(plain.length);
    int at = 0;
    do {
      int end = Math.min(plain.length, at + ZSTD_BLOCK_MAX);
      int header = (end - at) << 3 | (end == plain.length ? 1 : 0);
      frame.u16(header & 0xffff).u8(header >>> 16);
      frame.bytes(Arrays.copyOfRange(plain, at, end));
      at = end;
    } while (at < plain.length);
    return frame.toBytes();
  }
}
