package org.vmtrace.spark.output;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;

/** One task's file of one table; it is made when its first row comes. Not thread-safe. */
final class PartFile {
  /** Small enough that two tables on every core fit beside Spark in a heap of 1 GiB. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final Table table;
  private final Path folder;
  private final String name;
  private final Configuration conf;
  private ParquetWriter<RowBatch> writer;

  /**
   * A file that is not there yet.
   *
   * @param folder where the table's folder lies
   * @param name the file's name up to its endings
   */
  PartFile(Table table, Path folder, String name, Configuration conf) {
    this.table = table;
    this.folder = folder;
    this.name = name;
    this.conf = conf;
  }

  void write(RowBatch batch) throws IOException {
    int rows = table.rows(batch);
    if (rows > 0 && writer == null) {
      open();
    }
    for (int row = 0; row < rows; row++) {
      batch.row = row;
      writer.write(batch);
    }
  }

  /** Makes the file now, also without rows. */
  void open() throws IOException {
    if (writer != null) {
      return;
    }
    CompressionCodecName codec =
        CompressionCodecName.fromConf(
            conf.get(ParquetOutputFormat.COMPRESSION, CompressionCodecName.ZSTD.name()));
    Path file =
        new Path(new Path(folder, table.folder()), name + codec.getExtension() + ".parquet");
    Builder builder =
        new Builder(HadoopOutputFile.fromPath(file, conf), table)
            .withConf(conf)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withCompressionCodec(codec)
            .withRowGroupSize(conf.getLong(ParquetOutputFormat.BLOCK_SIZE, ROW_GROUP_BYTES))
            .withWriterVersion(WriterVersion.PARQUET_2_0);
    for (String column : table.timeColumns()) {
      builder = builder.withDictionaryEncoding(column, false);
    }
    writer = builder.build();
  }

  void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  private static final class Builder extends ParquetWriter.Builder<RowBatch, Builder> {
    private final Table table;

    Builder(OutputFile file, Table table) {
      super(file);
      this.table = table;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // what replaces it is not there in every Spark
    protected WriteSupport<RowBatch> getWriteSupport(Configuration conf) {
      return table;
    }
  }
}
