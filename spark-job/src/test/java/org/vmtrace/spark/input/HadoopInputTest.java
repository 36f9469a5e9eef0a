package org.vmtrace.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading by position through a Hadoop file system. */
class HadoopInputTest {
  private static final int BYTES = 300_000;

  @TempDir java.nio.file.Path folder;

  private byte[] content() {
    byte[] content = new byte[BYTES];
    new Random(1).nextBytes(content);
    return content;
  }

  private HadoopInput open(byte[] content, long length) throws Exception {
    java.nio.file.Path file = Files.write(folder.resolve("f"), content);
    return new HadoopInput("f", new Path(file.toUri()), length, new Configuration());
  }

  @Test
  void threadsMayReadAtTheSameTime() throws Exception {
    byte[] content = content();
    try (HadoopInput input = open(content, BYTES)) {
      boolean allRight =
          IntStream.range(0, 2000)
              .parallel()
              .allMatch(
                  i -> {
                    byte[] read = new byte[100];
                    int at = i * 7919 % (BYTES - read.length);
                    try {
                      input.readFully(at, read, 0, read.length);
                    } catch (java.io.IOException e) {
                      return false;
                    }
                    return java.util.Arrays.equals(
                        read, 0, read.length, content, at, at + read.length);
                  });
      assertThat(allRight).isTrue();
    }
  }

  @Test
  void endsWhereTheFileDidWhenItWasListed() throws Exception {
    try (HadoopInput input = open(content(), 1000)) {
      byte[] buffer = new byte[2000];
      assertThat(input.length()).isEqualTo(1000);
      assertThat(input.readFully(900, buffer, 0, 2000)).isEqualTo(100);
      assertThat(input.read(1000, buffer, 0, 10)).isEqualTo(-1);
      assertThat(input.read(5000, buffer, 0, 10)).isEqualTo(-1);
      assertThat(input.read(0, buffer, 0, 0)).isZero();
    }
  }

  @Test
  void localFilesAreShownAsPaths() {
    assertThat(HadoopInput.shown(new Path("file:/a/b c"))).isEqualTo("/a/b c");
    assertThat(HadoopInput.shown(new Path("hdfs://host:1/a"))).isEqualTo("hdfs://host:1/a");
  }
}
