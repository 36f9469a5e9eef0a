package org.vmtrace.spark.script;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Prints a digest of the rows of every Parquet file below a folder, in their order, with the file's
 * name: two JVMs may write the same rows as other bytes. Run from source by scripts/cluster-test.
 */
public final class RowDigests {
  private RowDigests() {}

  /** The folder. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
    for (Path file : files) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long rows = 0;
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
              .build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          digest.update(row.toString().getBytes(StandardCharsets.UTF_8));
          rows++;
        }
      }
      String hex = HexFormat.of().formatHex(digest.digest());
      System.out.println(folder.relativize(file) + " " + rows + " rows " + hex);
    }
  }
}
