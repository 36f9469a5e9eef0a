package org.vmtrace.spark.cluster;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.spark.broadcast.Broadcast;

/** A value that goes to every executor once, however many tasks take this along. */
public final class Shared<T> implements Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<? extends Supplier<T>> packed;

  Shared(Broadcast<? extends Supplier<T>> packed) {
    this.packed = packed;
  }

  /** The value: unpacked once, then shared by all tasks of an executor. */
  public T get() {
    return packed.value().get();
  }
}
