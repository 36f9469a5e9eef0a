package org.vmtrace.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserPathsTest {
  @TempDir Path folder;

  @Test
  void theFolderAboveALinkIsThatOfWhereItLeads() throws IOException {
    Files.createDirectories(folder.resolve("store/today"));
    Files.createDirectory(folder.resolve("here"));
    Files.createSymbolicLink(folder.resolve("here/today"), Path.of("../store/today"));
    Files.createFile(folder.resolve("store/t.dat"));
    Files.createFile(folder.resolve("here/t.dat"));

    String name = folder.resolve("here/today/../t.dat").toString();
    assertThat(UserPaths.of(name, new Configuration()).toUri().getPath())
        .isEqualTo(folder.toRealPath().resolve("store/t.dat").toString());
  }

  @Test
  void whatIsNotThereYetLiesInTheFolderAboveWhereALinkLeads() throws IOException {
    Files.createDirectories(folder.resolve("store/today"));
    Files.createSymbolicLink(folder.resolve("today"), Path.of("store/today"));

    String name = folder.resolve("today/../results/new").toString();
    assertThat(UserPaths.of(name, new Configuration()).toUri().getPath())
        .isEqualTo(folder.toRealPath().resolve("store/results/new").toString());
  }

  @Test
  void aLinkAtTheEndKeepsItsName() throws IOException {
    Files.createDirectories(folder.resolve("store/today"));
    Files.createSymbolicLink(folder.resolve("today"), Path.of("store/today"));
    Files.createFile(folder.resolve("store/t.dat"));
    Files.createSymbolicLink(folder.resolve("store/newest.dat"), Path.of("t.dat"));

    String name = folder.resolve("today/../newest.dat").toString();
    assertThat(UserPaths.of(name, new Configuration()).toUri().getPath())
        .isEqualTo(folder.toRealPath().resolve("store/newest.dat").toString());
  }
}
