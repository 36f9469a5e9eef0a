package org.vmtrace.spark.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written column by column, Parquet's own reader gives back row by row. */
class ColumnFileTest {
  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(BINARY)
          .as(stringType())
          .named("text")
          .required(BOOLEAN)
          .named("flag")
          .required(INT64)
          .named("time")
          .optional(INT64)
          .named("wide")
          .optional(INT32)
          .named("small")
          .named("row");

  /** A row; null in the columns that may be null. */
  private record Row(String text, boolean flag, long time, Long wide, Integer small) {}

  @TempDir Path folder;

  private Path write(List<Row> rows, long rowGroupBytes, CompressionCodecName codec)
      throws IOException {
    Path path = Files.createTempFile(folder, "t", ".parquet");
    try (ColumnFile file =
        new ColumnFile(
            HadoopOutputFile.fromPath(hadoop(path), new Configuration()),
            SCHEMA,
            Set.of("time"),
            codec,
            rowGroupBytes,
            new Configuration())) {
      for (int from = 0; from < rows.size(); ) {
        int some = Math.min(Math.min(1000, file.room()), rows.size() - from);
        for (int i = 0; i < some; i++) {
          put(rows.get(from + i), file, file.at() + i);
        }
        file.advance(some);
        from += some;
      }
    }
    return path;
  }

  private static void put(Row row, ColumnFile file, int at) {
    file.text(0).ids()[at] = file.text(0).idOf(Binary.fromString(row.text));
    file.flag(1).flags()[at] = row.flag ? 1 : 0;
    file.number(2).values()[at] = row.time;
    put(row.wide, file.number(3), at);
    put(row.small == null ? null : Long.valueOf(row.small), file.number(4), at);
  }

  private static void put(Long value, NumberColumn column, int at) {
    if (value == null) {
      column.setNull(at);
    } else {
      column.values()[at] = value;
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private static ParquetFileReader open(Path path) throws IOException {
    return ParquetFileReader.open(HadoopInputFile.fromPath(hadoop(path), new Configuration()));
  }

  private static List<Row> read(Path path) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ParquetFileReader reader = open(path)) {
      for (PageReadStore group; (group = reader.readNextRowGroup()) != null; ) {
        RecordReader<Group> records =
            new ColumnIOFactory()
                .getColumnIO(SCHEMA)
                .getRecordReader(group, new GroupRecordConverter(SCHEMA));
        for (long row = 0; row < group.getRowCount(); row++) {
          rows.add(row(records.read()));
        }
      }
    }
    return rows;
  }

  private static Row row(Group group) {
    return new Row(
        group.getString("text", 0),
        group.getBoolean("flag", 0),
        group.getLong("time", 0),
        group.getFieldRepetitionCount("wide") == 0 ? null : group.getLong("wide", 0),
        group.getFieldRepetitionCount("small") == 0 ? null : group.getInteger("small", 0));
  }

  private static List<BlockMetaData> rowGroups(Path path) throws IOException {
    try (ParquetFileReader reader = open(path)) {
      return reader.getFooter().getBlocks();
    }
  }

  private static ColumnChunkMetaData column(BlockMetaData group, String name) {
    TreeMap<String, ColumnChunkMetaData> columns = new TreeMap<>();
    group.getColumns().forEach(column -> columns.put(column.getPath().toDotString(), column));
    return columns.get(name);
  }

  private static List<Row> randomRows(int count) {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    long time = Long.MAX_VALUE - 1_000_000;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(1 << random.nextInt(20)); // beyond the largest number, too
      rows.add(
          new Row(
              "text " + random.nextInt(1 + random.nextInt(300)),
              i > count / 2 && random.nextInt(10) == 0,
              time,
              random.nextInt(100) == 0 ? null : random.nextLong(),
              random.nextBoolean() ? null : random.nextInt(1 + random.nextInt(9))));
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
  void rowsComeBackAsTheyWere(CompressionCodecName codec) throws Exception {
    List<Row> rows = randomRows(100_000);
    assertThat(read(write(rows, 200_000, codec))).isEqualTo(rows);
  }

  @Test
  void rowGroupsAreClosedWhenTheyAreLargeEnough() throws Exception {
    Path path = write(randomRows(4 * Column.PAGE_ROWS), 1, CompressionCodecName.ZSTD);
    assertThat(rowGroups(path))
        .extracting(BlockMetaData::getRowCount)
        .containsOnly((long) Column.PAGE_ROWS)
        .hasSize(4);
  }

  @Test
  void aFileMayHaveNoRows() throws Exception {
    assertThat(read(write(List.of(), 1 << 20, CompressionCodecName.ZSTD))).isEmpty();
  }

  @Test
  void aColumnMayBeNullFromEndToEnd() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(new Row("", true, i, null, null));
    }
    Path path = write(rows, 1 << 20, CompressionCodecName.ZSTD);
    assertThat(read(path)).isEqualTo(rows);
    assertThat(column(rowGroups(path).get(0), "wide").getStatistics().getNumNulls())
        .isEqualTo(1000);
  }

  @Test
  void numbersThatComeAgainAreStoredInADictionary() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      rows.add(new Row("", true, i, i % 1000L, i % 3));
    }
    Path path = write(rows, 1 << 20, CompressionCodecName.ZSTD);
    assertThat(read(path)).isEqualTo(rows);
    assertThat(column(rowGroups(path).get(0), "wide").hasDictionaryPage()).isTrue();
    assertThat(column(rowGroups(path).get(0), "small").hasDictionaryPage()).isTrue();
  }

  @Test
  void numbersThatDoNotComeAgainAreStoredAsDifferences() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      rows.add(new Row("", true, i, i * 1_000_000_007L, i * 1_000_003));
    }
    Path path = write(rows, 1 << 20, CompressionCodecName.ZSTD);
    assertThat(read(path)).isEqualTo(rows);
    for (String name : List.of("time", "wide", "small")) {
      ColumnChunkMetaData column = column(rowGroups(path).get(0), name);
      assertThat(column.hasDictionaryPage()).isFalse();
      assertThat(column.getEncodings()).containsExactly(Encoding.DELTA_BINARY_PACKED);
    }
  }

  @Test
  void aDictionaryThatGrowsTooLargeIsGivenUpWithinTheRowGroup() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int page = 0; page < 4; page++) {
      for (int i = 0; i < Column.PAGE_ROWS; i++) {
        int number = page < 2 ? i % 100 : page * Column.PAGE_ROWS + i;
        rows.add(new Row("", true, i, (long) number, 0));
      }
    }
    Path path = write(rows, 1 << 30, CompressionCodecName.ZSTD);
    assertThat(read(path)).isEqualTo(rows);
    assertThat(column(rowGroups(path).get(0), "wide").getEncodings())
        .containsExactlyInAnyOrder(
            Encoding.PLAIN, Encoding.RLE_DICTIONARY, Encoding.DELTA_BINARY_PACKED);
  }

  @Test
  void manyDifferentTextsEndTheRowGroup() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3 * Column.PAGE_ROWS; i++) {
      rows.add(new Row("a text that is different each time: " + i, true, i, null, null));
    }
    Path path = write(rows, 1 << 30, CompressionCodecName.ZSTD);
    assertThat(read(path)).isEqualTo(rows);
    assertThat(rowGroups(path)).hasSize(3);
  }

  @Test
  void aRowGroupTellsLeastAndGreatest() throws Exception {
    Path path =
        write(
            List.of(
                new Row("b", false, 5, -1L, 7),
                new Row("c", true, 3, null, null),
                new Row("a", false, 4, 9L, -7)),
            1 << 20,
            CompressionCodecName.ZSTD);
    List<String> ranges = new ArrayList<>();
    for (ColumnChunkMetaData column : rowGroups(path).get(0).getColumns()) {
      ranges.add(
          column.getStatistics().minAsString() + " to " + column.getStatistics().maxAsString());
    }
    assertThat(ranges).containsExactly("a to c", "false to true", "3 to 5", "-1 to 9", "-7 to 7");
  }

  /** Two full pages, and one of 100 rows. */
  private static List<Row> threePages() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < Column.PAGE_ROWS; i++) {
      rows.add(new Row("a" + i % 3, false, i, i - 10L, i < 3 ? null : i % 5));
    }
    for (int i = 0; i < Column.PAGE_ROWS; i++) {
      rows.add(new Row("b", true, 1_000_000 + i, null, -(i % 2)));
    }
    for (int i = 0; i < 100; i++) {
      rows.add(new Row("c" + i % 2, i == 50, 2_000_000 + i, i % 2 == 0 ? -7L : null, null));
    }
    return rows;
  }

  @Test
  void pagesTellLeastAndGreatestAndHowManyAreNull() throws Exception {
    Path path = write(threePages(), 1 << 30, CompressionCodecName.ZSTD);
    assertThat(index(path, "text")).containsExactly("a0 to a2, 0", "b to b, 0", "c0 to c1, 0");
    assertThat(index(path, "flag"))
        .containsExactly("false to false, 0", "true to true, 0", "false to true, 0");
    assertThat(index(path, "time"))
        .containsExactly("0 to 32767, 0", "1000000 to 1032767, 0", "2000000 to 2000099, 0");
    assertThat(index(path, "wide"))
        .containsExactly("-10 to 32757, 0", "none, 32768", "-7 to -7, 50");
    assertThat(index(path, "small")).containsExactly("0 to 4, 3", "-1 to 0, 0", "none, 100");
  }

  /** What the column index says of the pages of the only row group: the range, how many nulls. */
  private static List<String> index(Path path, String name) throws IOException {
    List<String> pages = new ArrayList<>();
    try (ParquetFileReader reader = open(path)) {
      ColumnChunkMetaData column = column(reader.getFooter().getBlocks().get(0), name);
      ColumnIndex index = reader.readColumnIndex(column);
      for (int page = 0; page < index.getNullPages().size(); page++) {
        String range =
            index.getNullPages().get(page)
                ? "none"
                : value(column, index.getMinValues().get(page))
                    + " to "
                    + value(column, index.getMaxValues().get(page));
        pages.add(range + ", " + index.getNullCounts().get(page));
      }
    }
    return pages;
  }

  /** A value as the format description has it: plain, a text without its length. */
  private static String value(ColumnChunkMetaData column, ByteBuffer plain) {
    ByteBuffer bytes = plain.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> "" + (bytes.get() != 0);
      case INT32 -> "" + bytes.getInt();
      case INT64 -> "" + bytes.getLong();
      default -> StandardCharsets.UTF_8.decode(bytes).toString();
    };
  }

  @Test
  void theSameRowsMakeTheSameFile() throws Exception {
    List<Row> rows = randomRows(50_000);
    assertThat(Files.readAllBytes(write(rows, 100_000, CompressionCodecName.ZSTD)))
        .isEqualTo(Files.readAllBytes(write(rows, 100_000, CompressionCodecName.ZSTD)));
  }
}
