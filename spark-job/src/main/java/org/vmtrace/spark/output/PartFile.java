package org.vmtrace.spark.output;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.vmtrace.spark.parquet.ColumnFile;

/** One task's file of one table; it is made when its first row comes. Not thread-safe. */
final class PartFile {
  /** Small enough that two tables on every core fit beside Spark in a heap of 1 GiB. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final Table table;
  private final Path folder;
  private final Path job;
  private final String name;
  private final Configuration conf;
  private ColumnFile file;
  private Table.Rows rows;

  /**
   * A file that is not there yet.
   *
   * @param folder where the table's folder lies
   * @param job a folder that is there as long as the job runs; null if there is none
   * @param name the file's name up to its endings
   */
  PartFile(Table table, Path folder, Path job, String name, Configuration conf) {
    this.table = table;
    this.folder = folder;
    this.job = job;
    this.name = name;
    this.conf = conf;
  }

  void write(RowBatch batch) throws IOException {
    int count = table.rows(batch);
    if (count > 0) {
      open();
      rows.append(batch, count);
    }
  }

  /**
   * Makes the file now, also without rows.
   *
   * @throws IOException if the job's folder is not there. Either the job has ended without this
   *     task, such as the slower one of two: it would make the folders anew that the committer has
   *     cleared away. Or the output lies where this executor looks for it, but not the driver.
   */
  void open() throws IOException {
    if (file != null) {
      return;
    }
    if (job != null && !job.getFileSystem(conf).exists(job)) {
      throw new IOException(
          job.getParent().getParent()
              + " is not the folder that the driver has made, or the job has ended: -o must name a"
              + " place that all executors share");
    }
    CompressionCodecName codec =
        CompressionCodecName.fromConf(
            conf.get(ParquetOutputFormat.COMPRESSION, CompressionCodecName.ZSTD.name()));
    Path path =
        new Path(new Path(folder, table.folder()), name + codec.getExtension() + ".parquet");
    file =
        new ColumnFile(
            HadoopOutputFile.fromPath(path, conf),
            table.schema(),
            table.timeColumns(),
            codec,
            conf.getLong(ParquetOutputFormat.BLOCK_SIZE, ROW_GROUP_BYTES),
            conf);
    rows = table.rows(file);
  }

  void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
