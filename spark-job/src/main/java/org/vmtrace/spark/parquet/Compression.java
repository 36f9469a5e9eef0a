package org.vmtrace.spark.parquet;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages. Not thread-safe. */
final class Compression implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** The pages of a column that does not change are a few bytes, the same again and again. */
  private static final int REMEMBERED_BYTES = 64;

  private final CompressionCodecFactory codecs;
  private final CompressionCodecFactory.BytesInputCompressor compressor;
  private byte[] lastPlain = new byte[0];
  private BytesInput lastPacked;

  Compression(CompressionCodecName codec, Configuration conf) {
    codecs = new CodecFactory(conf, BUFFER_BYTES);
    compressor = codecs.getCompressor(codec);
  }

  BytesInput compress(ByteArrayOutputStream page) throws IOException {
    if (page.size() > REMEMBERED_BYTES) {
      return compress(BytesInput.from(page));
    }
    byte[] plain = page.toByteArray();
    if (lastPacked == null || !Arrays.equals(plain, lastPlain)) {
      lastPacked = compress(BytesInput.from(plain));
      lastPlain = plain;
    }
    return lastPacked;
  }

  BytesInput compress(BytesInput page) throws IOException {
    BytesInput packed = compressor.compress(page);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(packed.size()));
    packed.writeAllTo(bytes);
    return BytesInput.from(bytes.toByteArray());
  }

  @Override
  public void close() {
    codecs.release();
  }
}
