package org.vmtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.testkit.RandomKnobs;
import org.vmtrace.testkit.RandomRecording;

/** Traces that lie on HDFS, and results that go there: a real name node, a real data node. */
class HdfsTest {
  private static final long SEED = 11;

  /** A trace has several blocks. */
  private static final int BLOCK_BYTES = 1 << 16;

  @TempDir static Path folder;

  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;
  private static Path local;
  private static String remote;

  @BeforeAll
  static void start() throws Exception {
    Configuration conf = new Configuration();
    conf.setInt("dfs.namenode.fs-limits.min-block-size", 1 << 12);
    conf.setInt("dfs.blocksize", BLOCK_BYTES);
    SharedContext.quietly(
        () ->
            cluster =
                new MiniDFSCluster.Builder(conf, folder.resolve("hdfs").toFile())
                    .numDataNodes(1)
                    .build());
    hdfs = cluster.getFileSystem();
    byte[] trace =
        RandomRecording.of(SEED, new RandomKnobs().streams(2, 1).events(6000).moving(0.01))
            .traceDat()
            .version6();
    local = Files.write(folder.resolve("t.dat"), trace);
    assertThat(trace.length).isGreaterThan(2 * BLOCK_BYTES);
    hdfs.mkdirs(new org.apache.hadoop.fs.Path("/traces"));
    hdfs.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(local.toUri()),
        new org.apache.hadoop.fs.Path("/traces/t.dat"));
    remote = cluster.getURI().toString();
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      SharedContext.quietly(() -> cluster.shutdown(true));
    }
  }

  private static List<String> rows(String path) {
    return Frames.sorted(Frames.session().read().parquet(path));
  }

  @Test
  void theJobReadsAndWrites() throws Exception {
    Run.job(new JobChoice(remote + "/traces", remote + "/answer").splits(BLOCK_BYTES));
    Path output = folder.resolve("answer");
    Run.job(new JobChoice(local, output).splits(BLOCK_BYTES));
    String summary;
    try (var in = hdfs.open(new org.apache.hadoop.fs.Path("/answer/summary.json"))) {
      summary = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(summary.replace(remote + "/traces/t.dat", local.toString()))
        .isEqualTo(Run.json(output));
    for (String table : List.of("latencies", "windows")) {
      PlainRows.assertSame(rows(remote + "/answer/" + table), rows(output + "/" + table));
    }
    assertThat(hdfs.exists(new org.apache.hadoop.fs.Path("/answer/_SUCCESS"))).isTrue();
    assertThat(files("/answer")).noneMatch(file -> file.contains("_temporary"));
  }

  private static List<String> files(String below) throws Exception {
    List<String> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all =
        hdfs.listFiles(new org.apache.hadoop.fs.Path(below), true);
    while (all.hasNext()) {
      files.add(all.next().getPath().toUri().getPath());
    }
    return files;
  }

  @Test
  void theDataSourceReads() {
    for (String table : List.of("latencies", "windows", "events")) {
      Dataset<Row> there = Frames.pages(table).load(remote + "/traces/*.dat");
      PlainRows.assertSame(
          Frames.sorted(there), Frames.sorted(Frames.pages(table).load("" + local)));
    }
  }
}
