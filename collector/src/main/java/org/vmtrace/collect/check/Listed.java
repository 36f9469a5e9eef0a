package org.vmtrace.collect.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The first of many findings of one kind; all are counted. Not thread-safe.
 *
 * @param <T> a finding
 */
public final class Listed<T> {
  /** How many are kept. */
  public static final int MOST = 20;

  private final List<T> first = new ArrayList<>();
  private long count;

  void add(T finding) {
    count++;
    if (first.size() < MOST) {
      first.add(finding);
    }
  }

  /** How many there were. */
  public long count() {
    return count;
  }

  /** The first {@link #MOST}, in the order of the stream. */
  public List<T> first() {
    return List.copyOf(first);
  }
}
