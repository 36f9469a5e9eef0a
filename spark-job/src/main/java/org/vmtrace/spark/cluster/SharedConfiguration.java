package org.vmtrace.spark.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;

/** A Hadoop configuration for tasks; it is not serializable itself. */
public final class SharedConfiguration implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private transient Configuration conf;

  SharedConfiguration(Configuration conf) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      conf.write(new DataOutputStream(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.bytes = out.toByteArray();
  }

  /** The configuration: read once on each executor. */
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
