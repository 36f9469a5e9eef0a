package org.vmtrace.spark.summary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.vmtrace.spark.cluster.Shared;
import org.vmtrace.spark.cluster.TaskKill;
import org.vmtrace.spark.scan.MovedSet;
import org.vmtrace.spark.scan.ScannedSplit;
import org.vmtrace.spark.scan.ThreadOrder;
import org.vmtrace.spark.scan.ThreadPart;
import scala.Tuple2;

/**
 * Adds up the tallies of many splits by recording and thread, before they go over the network.
 * Keeps a limited number of threads in memory; what is added up too little here is added up later.
 */
final class TallyMerge implements PairFlatMapFunction<Iterator<ScannedSplit>, byte[], byte[]> {
  private static final long serialVersionUID = 1;

  /** A tally may have some 100 KB. */
  private static final int THREADS_IN_MEMORY = 256;

  private final Shared<MovedSet> moved;

  /** Merges all but the threads that moved. */
  TallyMerge(Shared<MovedSet> moved) {
    this.moved = moved;
  }

  @Override
  public Iterator<Tuple2<byte[], byte[]>> call(Iterator<ScannedSplit> splits) {
    return new Merging(splits, moved.get());
  }

  private record Key(int recording, long thread) {}

  private static final class Merging implements Iterator<Tuple2<byte[], byte[]>> {
    private final Iterator<ScannedSplit> splits;
    private final MovedSet moved;
    private Iterator<Map.Entry<Key, ThreadPart>> ready = Collections.emptyIterator();

    Merging(Iterator<ScannedSplit> splits, MovedSet moved) {
      this.splits = splits;
      this.moved = moved;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && splits.hasNext()) {
        try {
          ready = merge().entrySet().iterator();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return ready.hasNext();
    }

    private Map<Key, ThreadPart> merge() throws IOException {
      Map<Key, ThreadPart> threads = new HashMap<>();
      while (splits.hasNext() && threads.size() < THREADS_IN_MEMORY) {
        TaskKill.check();
        ScannedSplit split = splits.next();
        Set<Long> elsewhere = moved.of(split.recording());
        for (int i = 0; i < split.threads(); i++) {
          if (!elsewhere.contains(split.thread(i))) {
            threads
                .computeIfAbsent(
                    new Key(split.recording(), split.thread(i)), key -> new ThreadPart())
                .add(split.tally(i));
          }
        }
      }
      return threads;
    }

    @Override
    public Tuple2<byte[], byte[]> next() {
      Map.Entry<Key, ThreadPart> entry = ready.next();
      Key key = entry.getKey();
      return new Tuple2<>(ThreadOrder.thread(key.recording, key.thread), entry.getValue().sum());
    }
  }
}
