package org.vmtrace.latency.pair;

import java.util.Arrays;

/** Gives each thread of a stream a small number in the order of appearance, without boxing. */
final class ThreadTable {
  private static final int FREE = -1;

  private int[] pids = new int[16];
  private int[] buckets = new int[64];
  private int size;

  ThreadTable() {
    Arrays.fill(buckets, FREE);
  }

  int size() {
    return size;
  }

  /** The number of a thread; new ones get the next. */
  int number(int pid) {
    int mask = buckets.length - 1;
    int bucket = hash(pid) & mask;
    for (int number = buckets[bucket]; number != FREE; number = buckets[bucket]) {
      if (pids[number] == pid) {
        return number;
      }
      bucket = (bucket + 1) & mask;
    }
    return add(pid);
  }

  private int add(int pid) {
    if (size == pids.length) {
      pids = Arrays.copyOf(pids, 2 * size);
      buckets = new int[8 * size];
      Arrays.fill(buckets, FREE);
      for (int number = 0; number < size; number++) {
        place(number);
      }
    }
    pids[size] = pid;
    place(size);
    return size++;
  }

  private void place(int number) {
    int bucket = hash(pids[number]) & (buckets.length - 1);
    while (buckets[bucket] != FREE) {
      bucket = (bucket + 1) & (buckets.length - 1);
    }
    buckets[bucket] = number;
  }

  private static int hash(int pid) {
    return (int) ((pid * 0x9e3779b97f4a7c15L) >>> 40);
  }
}
