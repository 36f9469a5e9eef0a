package org.vmtrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.vmtrace.file.OpenOptions;
import org.vmtrace.file.StreamReader;
import org.vmtrace.file.TraceFile;
import org.vmtrace.file.container.TraceFiles;
import org.vmtrace.latency.AnalysisRules;
import org.vmtrace.latency.split.Carry;
import org.vmtrace.latency.split.SplitAnalyzer;
import org.vmtrace.latency.split.SplitRows;
import org.vmtrace.latency.split.SplitRows.Wanted;
import org.vmtrace.recording.AnalysisChoice;
import org.vmtrace.ring.EventBatch;

/**
 * The stages of one thread's way through a trace: decoding, and what may follow it, the analysis of
 * a scan or the making of rows, each measured with the decoding. The trace should be small enough
 * to stay in memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 7)
@Fork(3)
public class TraceScan {
  @Param("big.dat")
  String trace;

  private TraceFile file;
  private AnalysisRules rules;
  private EventBatch batch;

  @Setup
  public void open() throws IOException {
    file = TraceFiles.open(Path.of(trace), OpenOptions.defaults());
    rules = AnalysisChoice.DEFAULT.rulesFor(file.schema().reasons());
    batch = new EventBatch();
  }

  @TearDown
  public void close() throws IOException {
    file.close();
  }

  /** Records and payloads, to batches of events. */
  @Benchmark
  public long decode() throws IOException {
    long rows = 0;
    StreamReader reader = new StreamReader(file, file.streams().get(0));
    while (reader.next(batch)) {
      rows += batch.size();
    }
    return rows;
  }

  /** That, pairs, windows, histograms: what a scan does. */
  @Benchmark
  public Object decodeAndAnalyse() throws IOException {
    SplitAnalyzer analyzer = new SplitAnalyzer(rules, 0);
    StreamReader reader = new StreamReader(file, file.streams().get(0));
    while (reader.next(batch)) {
      analyzer.accept(batch);
    }
    return analyzer.finish();
  }

  /** Batches of events, pairs, rows of latencies and tumbling windows: what is written. */
  @Benchmark
  public long decodeAndMakeRows() throws IOException {
    SplitRows made =
        new SplitRows(rules, 0, Carry.nothing(), Set.of(), Wanted.LATENCIES_AND_WINDOWS);
    long rows = 0;
    StreamReader reader = new StreamReader(file, file.streams().get(0));
    while (reader.next(batch)) {
      made.accept(batch);
      rows += made.latencies().size();
    }
    made.finish();
    return rows;
  }
}
