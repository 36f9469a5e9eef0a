package org.vmtrace.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files an input path leads to. */
class FileFinderTest {
  @TempDir java.nio.file.Path folder;

  private final FileFinder finder = new FileFinder(new Configuration());

  private java.nio.file.Path file(String name) throws IOException {
    java.nio.file.Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private void find(String shown) throws IOException {
    finder.find(shown, new Path(folder.resolve(shown).toString()));
  }

  private List<String> shown() {
    return finder.files().stream().map(FoundFile::shown).toList();
  }

  @Test
  void aFileIsNamed() throws Exception {
    file("a.dat");
    find("a.dat");
    FoundFile found = finder.files().get(0);
    assertThat(found.shown()).isEqualTo("a.dat");
    assertThat(found.named()).isTrue();
    assertThat(found.bytes()).isEqualTo(5);
  }

  @Test
  void aFolderGivesAllBelowByPathButHiddenOnes() throws Exception {
    file("d/b.dat");
    file("d/a/z.dat");
    file("d/.hidden");
    file("d/_temporary/x.dat");
    finder.find("d/", new Path(folder.resolve("d").toString()));
    assertThat(shown()).containsExactly("d/a/z.dat", "d/b.dat");
    assertThat(finder.files()).noneMatch(FoundFile::named);
  }

  @Test
  void linkedFoldersAreFollowedButNotInCircles() throws Exception {
    file("elsewhere/one.dat");
    Files.createDirectory(folder.resolve("d"));
    Files.createSymbolicLink(folder.resolve("d/host"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("d/again"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("elsewhere/back"), folder.resolve("elsewhere"));
    finder.find("d", new Path(folder.resolve("d").toString()));
    assertThat(shown()).containsExactly("d/again/one.dat");
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(folder.resolve(name), java.nio.file.Path.of(target));
  }

  @Test
  void aLinkToAFolderAboveLeadsToWhatLiesBesideIt() throws Exception {
    file("t/a/x.dat");
    file("t/b/y.dat");
    link("t/b/up", "..");
    finder.find("b", new Path(folder.resolve("t/b").toString()));
    assertThat(shown()).containsExactly("b/up/a/x.dat", "b/y.dat");
  }

  @Test
  void foldersThatLinkToEachOtherAreEnteredOnce() throws Exception {
    for (int host = 1; host <= 5; host++) {
      file("d/h" + host + "/t" + host + ".dat");
      for (int other = 1; other <= 5; other++) {
        if (other != host) {
          link("d/h" + host + "/to" + other, "../h" + other);
        }
      }
    }
    finder.find("d", new Path(folder.resolve("d").toString()));
    assertThat(shown())
        .containsExactly(
            "d/h1/t1.dat",
            "d/h1/to2/t2.dat",
            "d/h1/to2/to3/t3.dat",
            "d/h1/to2/to3/to4/t4.dat",
            "d/h1/to2/to3/to4/to5/t5.dat");
  }

  /** Linux follows 40 links in a path (path_resolution(7)). */
  @Test
  void aChainOfLinksMayBeLongerThanAPathIsFollowed() throws Exception {
    for (int host = 100; host < 200; host++) {
      file("d/h" + host + "/t" + host + ".dat");
      link("d/h" + host + "/next", "../h" + (host + 1));
    }
    finder.find("d", new Path(folder.resolve("d").toString()));
    assertThat(finder.files())
        .extracting(file -> file.path().getName())
        .hasSize(100)
        .doesNotHaveDuplicates();
  }

  @Test
  void aFileHasTheFirstOfItsNames() throws Exception {
    file("elsewhere/in/t.dat");
    Files.createDirectory(folder.resolve("d"));
    link("d/a", "../elsewhere");
    link("d/a.b", "../elsewhere/in"); // a dot comes before a slash
    link("d/b", "../elsewhere/in/t.dat");
    finder.find("d", new Path(folder.resolve("d").toString()));
    assertThat(shown()).containsExactly("d/a.b/t.dat");
  }

  /**
   * Local files whose blocks cannot be listed: without native code, that takes a process a file.
   */
  public static final class WithoutBlocks extends LocalFileSystem {
    @Override
    public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path path) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void localFoldersAreListedWithoutBlocks() throws Exception {
    Configuration conf = new Configuration();
    conf.setClass("fs.file.impl", WithoutBlocks.class, FileSystem.class);
    conf.setBoolean("fs.file.impl.disable.cache", true);
    file("d/a/z.dat");
    FileFinder local = new FileFinder(conf);
    local.find("d", new Path(folder.resolve("d").toUri()));
    assertThat(local.files()).extracting(FoundFile::shown).containsExactly("d/a/z.dat");
  }

  @Test
  void aGlobGivesItsMatchesByPath() throws Exception {
    file("h2/t.dat");
    file("h1/t.dat");
    file("h1/.t.dat");
    find("h*/*.dat");
    assertThat(shown())
        .containsExactly(
            folder.resolve("h1/t.dat").toString(), folder.resolve("h2/t.dat").toString());
  }

  @Test
  void aGlobThatMatchesANameWithAColonSaysSo() throws Exception {
    file("t-12:30.dat");
    file("u.dat");
    assertThatThrownBy(() -> find("*.dat"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("*.dat: Hadoop cannot match a file of such a name (a colon in it?)")
        .hasMessageContaining("rename it, or give the folder")
        .hasMessageEndingWith("t-12:30.dat");
  }

  @Test
  void aNameThatIsThereIsNoGlob() throws Exception {
    file("a[1].dat");
    file("a1.dat");
    find("a[1].dat");
    assertThat(shown()).containsExactly("a[1].dat");
  }

  @Test
  void aHiddenFileMayBeNamed() throws Exception {
    file(".trace");
    find(".trace");
    assertThat(shown()).containsExactly(".trace");
  }

  @Test
  void aFileIsFoundOnceAndNamedIfItEverIs() throws Exception {
    file("d/a.dat");
    find("d");
    find("d/a.dat");
    assertThat(finder.files()).hasSize(1);
    assertThat(finder.files().get(0).named()).isTrue();
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatThrownBy(() -> find("nothing.dat"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("nothing.dat: no such file or folder");
    assertThatThrownBy(() -> find("no*"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no*: no such file or folder");
  }
}
