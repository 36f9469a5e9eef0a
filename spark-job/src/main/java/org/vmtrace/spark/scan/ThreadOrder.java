package org.vmtrace.spark.scan;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.vmtrace.latency.moved.Place;

/**
 * Shuffle keys as bytes whose order is that of the threads, recording by recording, and within a
 * thread that of places.
 *
 * <pre>
 *   | recording : 4 | thread : 8 | time : 8 | stream : 4 | page : 8 | index : 4 | rank : 1 |
 * </pre>
 *
 * Numbers are big-endian with the sign turned, so that bytes compare as the numbers do.
 */
public final class ThreadOrder implements Comparator<byte[]>, Serializable {
  private static final long serialVersionUID = 1;
  private static final int THREAD_BYTES = 12;
  private static final int PLACE_BYTES = 25;

  /** The key of a thread. */
  public static byte[] thread(int recording, long key) {
    return put(ByteBuffer.allocate(THREAD_BYTES), recording, key).array();
  }

  /**
   * The key of something of a thread that has a place.
   *
   * @param rank what comes first at the same place
   */
  public static byte[] place(int recording, long key, Place place, int rank) {
    ByteBuffer bytes = ByteBuffer.allocate(THREAD_BYTES + PLACE_BYTES);
    put(bytes, recording, key);
    bytes.putLong(place.time() ^ Long.MIN_VALUE);
    bytes.putInt(place.stream() ^ Integer.MIN_VALUE);
    bytes.putLong(place.page() ^ Long.MIN_VALUE);
    bytes.putInt(place.index() ^ Integer.MIN_VALUE);
    return bytes.put((byte) rank).array();
  }

  private static ByteBuffer put(ByteBuffer bytes, int recording, long key) {
    return bytes.putInt(recording ^ Integer.MIN_VALUE).putLong(key ^ Long.MIN_VALUE);
  }

  /** The recording of a key. */
  public static int recording(byte[] key) {
    return ByteBuffer.wrap(key).getInt() ^ Integer.MIN_VALUE;
  }

  /** The thread of a key. */
  public static long thread(byte[] key) {
    return ByteBuffer.wrap(key).getLong(Integer.BYTES) ^ Long.MIN_VALUE;
  }

  /** The place of a key that has one. */
  public static Place place(byte[] key) {
    ByteBuffer bytes = ByteBuffer.wrap(key).position(THREAD_BYTES);
    return new Place(
        bytes.getLong() ^ Long.MIN_VALUE,
        bytes.getInt() ^ Integer.MIN_VALUE,
        bytes.getLong() ^ Long.MIN_VALUE,
        bytes.getInt() ^ Integer.MIN_VALUE);
  }

  /** Whether both keys are of the same thread of the same recording. */
  public static boolean sameThread(byte[] a, byte[] b) {
    return Arrays.equals(a, 0, THREAD_BYTES, b, 0, THREAD_BYTES);
  }

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  /** Spreads threads evenly, wherever they come from. */
  public static final class Spread extends Partitioner {
    private static final long serialVersionUID = 1;
    private final int partitions;

    /** Over so many partitions. */
    public Spread(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return Math.floorMod(
          31 * recording((byte[]) key) + Long.hashCode(thread((byte[]) key)), partitions);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Spread spread && spread.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return partitions;
    }
  }

  /** Runs of threads in their order: partition follows partition as thread follows thread. */
  public static final class Runs extends Partitioner {
    private static final long serialVersionUID = 1;
    private final byte[][] threads;
    private final int partitions;

    /**
     * Runs of about the same number of threads.
     *
     * @param threads the keys of all threads, in order
     */
    public Runs(List<byte[]> threads, int partitions) {
      this.threads = threads.toArray(new byte[0][]);
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      byte[] thread = Arrays.copyOf((byte[]) key, THREAD_BYTES);
      long index = Arrays.binarySearch(threads, thread, Arrays::compareUnsigned);
      return (int) (index * partitions / threads.length);
    }
  }
}
