package org.vmtrace.testkit;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks one block of a compressed trace.dat. */
@FunctionalInterface
public interface ChunkUnpacker {
  /** Unpacks zlib, and nothing else. */
  ChunkUnpacker ZLIB_ONLY = ChunkUnpacker::inflate;

  /**
   * Unpacks a block.
   *
   * @param codec the compression's name in the file
   * @param plainBytes what the file says the block has unpacked
   */
  byte[] unpack(String codec, byte[] packed, int plainBytes);

  private static byte[] inflate(String codec, byte[] packed, int plainBytes) {
    if (!codec.equals("zlib")) {
      throw new IllegalArgumentException("no unpacker for " + codec);
    }
    Inflater inflater = new Inflater();
    inflater.setInput(packed);
    byte[] plain = new byte[plainBytes];
    try {
      if (inflater.inflate(plain) != plainBytes) {
        throw new IllegalArgumentException("shorter than the file says");
      }
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(e);
    } finally {
      inflater.end();
    }
    return plain;
  }
}
