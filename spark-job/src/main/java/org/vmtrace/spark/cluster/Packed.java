package org.vmtrace.spark.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.apache.hadoop.io.DataInputByteBuffer;

/**
 * A value as bytes of Java serialization. Whatever goes from JVM to JVM as data goes as bytes:
 * {@code spark.serializer} may be Kryo, which knows neither records nor Hadoop's classes.
 */
public final class Packed<T> implements Supplier<T>, Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] bytes;
  private transient T value;

  Packed(T value) {
    this.bytes = pack(value);
  }

  /** The value: unpacked once, then shared by all who hold this. */
  @Override
  public synchronized T get() {
    if (value == null) {
      value = unpack(bytes);
    }
    return value;
  }

  /** A serializable value as bytes. */
  public static byte[] pack(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What was packed; the caller knows its type. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T> T unpack(byte[] bytes) {
    try (ObjectInputStream in = new ContextObjects(new ByteArrayInputStream(bytes))) {
      return (T) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks for classes where Spark has put the job's jar. */
  private static final class ContextObjects extends ObjectInputStream {
    ContextObjects(InputStream in) throws IOException {
      super(in);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(
            description.getName(), false, Thread.currentThread().getContextClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description);
      }
    }
  }

  /** Something that writes itself. */
  @FunctionalInterface
  public interface Content {
    /** Writes it. */
    void write(DataOutput out) throws IOException;
  }

  /** What something writes, as bytes for {@link #input}. */
  public static byte[] bytes(Content content) {
    try (UnsynchronizedByteArrayOutputStream bytes =
        UnsynchronizedByteArrayOutputStream.builder().get()) {
      content.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads bytes. Java's own streams of bytes take a lock for each of them. */
  public static DataInput input(byte[] bytes) {
    DataInputByteBuffer in = new DataInputByteBuffer();
    in.reset(ByteBuffer.wrap(bytes));
    return in;
  }
}
