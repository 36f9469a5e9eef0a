package org.vmtrace.file;

import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks one frame after the other. Not thread-safe. */
public abstract class Unpacker {
  /**
   * Unpacks a frame.
   *
   * @param plainBytes what must come out, in bytes; {@code plain} has room for it
   * @return whether exactly that came out
   */
  public abstract boolean unpack(byte[] packed, int packedBytes, byte[] plain, int plainBytes);

  /** An unpacker for data that is packed in this way, which must be one. */
  public static Unpacker of(Compression compression) {
    return switch (compression) {
      case NONE -> throw new IllegalArgumentException("nothing to unpack");
      case ZSTD -> new Zstd();
      case ZLIB -> new Zlib();
    };
  }

  private static final class Zstd extends Unpacker {
    private final ZstdDecompressor decompressor = new ZstdDecompressor();

    @Override
    public boolean unpack(byte[] packed, int packedBytes, byte[] plain, int plainBytes) {
      try {
        int count = decompressor.decompress(packed, 0, packedBytes, plain, 0, plainBytes);
        return count == plainBytes;
      } catch (RuntimeException e) {
        // MalformedInputException and whatever else broken input makes of it.
        return false;
      }
    }
  }

  private static final class Zlib extends Unpacker {
    @Override
    public boolean unpack(byte[] packed, int packedBytes, byte[] plain, int plainBytes) {
      Inflater inflater = new Inflater();
      try {
        inflater.setInput(packed, 0, packedBytes);
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
}
