package org.vmtrace.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many things at once, in threads of this JVM. */
public final class Parallel {
  /** What is done with each. */
  @FunctionalInterface
  public interface Work<T, R> {
    /** Does it. */
    R apply(T item) throws IOException;
  }

  private Parallel() {}

  /**
   * Applies the work to all items.
   *
   * @return the results in the order of the items
   * @throws IOException what the first of the items, in their order, failed with
   */
  public static <T, R> List<R> map(List<T> items, int threads, Work<T, R> work) throws IOException {
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(threads, items.size())));
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (T item : items) {
        futures.add(pool.submit(() -> work.apply(item)));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
