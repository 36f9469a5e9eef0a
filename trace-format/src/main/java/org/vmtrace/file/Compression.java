package org.vmtrace.file;

import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the data of a stream is packed. */
public enum Compression {
  /** Pages as they are. */
  NONE,
  /** Chunks of pages, each a zstd frame. */
  ZSTD,
  /** Chunks of pages, each a zlib stream. */
  ZLIB;

  /**
   * Unpacks one frame.
   *
   * @param plainBytes what must come out, in bytes; {@code plain} has room for it
   * @return whether exactly that came out
   */
  boolean unpack(byte[] packed, int offset, int packedBytes, byte[] plain, int plainBytes) {
    return switch (this) {
      case NONE -> false;
      case ZSTD -> unpackZstd(packed, offset, packedBytes, plain, plainBytes);
      case ZLIB -> unpackZlib(packed, offset, packedBytes, plain, plainBytes);
    };
  }

  private static boolean unpackZstd(
      byte[] packed, int offset, int packedBytes, byte[] plain, int plainBytes) {
    try {
      int count =
          new ZstdDecompressor().decompress(packed, offset, packedBytes, plain, 0, plainBytes);
      return count == plainBytes;
    } catch (RuntimeException e) {
      // MalformedInputException and whatever else broken input makes of it.
      return false;
    }
  }

  private static boolean unpackZlib(
      byte[] packed, int offset, int packedBytes, byte[] plain, int plainBytes) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed, offset, packedBytes);
      int done = 0;
      while (done < plainBytes) {
        int count = inflater.inflate(plain, done, plainBytes - done);
        if (count == 0) {
          return false;
        }
        done += count;
      }
      return true;
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }
}
