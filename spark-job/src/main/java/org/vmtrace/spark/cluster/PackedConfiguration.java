package org.vmtrace.spark.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** A Hadoop configuration as bytes; it is not serializable itself. */
final class PackedConfiguration implements Supplier<Configuration>, Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private transient Configuration conf;

  PackedConfiguration(Configuration conf) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      conf.write(new DataOutputStream(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.bytes = out.toByteArray();
  }

  /** The configuration: read once on each executor. */
  @Override
  public synchronized Configuration get() {
    if (conf == null) {
      Configuration read = new Configuration(false);
      try {
        read.readFields(new DataInputStream(new ByteArrayInputStream(bytes)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      conf = read;
    }
    return conf;
  }
}
