package org.vmtrace.testkit;

import io.airlift.compress.zstd.ZstdDecompressor;

/** Unpacks zstd with a library, and the rest as the testkit does. */
final class Zstd {
  private Zstd() {}

  static byte[] unpack(String codec, byte[] packed, int plainBytes) {
    if (!codec.equals("zstd")) {
      return ChunkUnpacker.ZLIB_ONLY.unpack(codec, packed, plainBytes);
    }
    byte[] plain = new byte[plainBytes];
    int bytes = new ZstdDecompressor().decompress(packed, 0, packed.length, plain, 0, plain.length);
    if (bytes != plainBytes) {
      throw new IllegalArgumentException("shorter than the file says");
    }
    return plain;
  }
}
