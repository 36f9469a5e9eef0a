package org.vmtrace.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vmtrace.event.ExitReasons;

class RecordingsTest {
  private static final long ID = 77;
  private static final int[] CPUS_2_AND_3 = {2, 3};

  /** A file whose streams are those of these CPUs in this buffer. */
  private static FileFacts file(String path, long id, String buffer, int... cpus) {
    List<StreamFacts> streams =
        IntStream.range(0, cpus.length)
            .mapToObj(index -> new StreamFacts(index, buffer, cpus[index], "mono"))
            .toList();
    return new FileFacts(
        path,
        "host7",
        "Linux host7",
        "mono",
        false,
        id,
        Map.of(),
        ExitReasons.TABLES,
        true,
        streams,
        List.of(),
        List.of(),
        false);
  }

  private static List<Recording> group(FileFacts... files) {
    return Recordings.group(Arrays.asList(files));
  }

  private static List<List<String>> paths(List<Recording> recordings) {
    return recordings.stream().map(recording -> recording.info().paths()).toList();
  }

  private static List<String> names(List<Recording> recordings) {
    return recordings.stream().map(recording -> recording.info().name()).toList();
  }

  private static List<Recording> twoPartsAndACopy() {
    return group(
        file("/d/t.cpu2", ID, "", 2),
        file("/d/t.cpu3", ID, "", 3),
        file("/d/t.cpu3.bak", ID, "", 3));
  }

  @Test
  void filesOfDifferentCpusWithOneIdAreOneRecording() {
    List<Recording> recordings =
        group(file("/d/t.cpu2", ID, "", 2), file("/d/t.cpu3", ID, "", 3), file("/d/u", 0, "", 2));
    assertThat(paths(recordings))
        .containsExactly(List.of("/d/t.cpu2", "/d/t.cpu3"), List.of("/d/u"));
  }

  @Test
  void aCopyOfOnePartLeavesTheOthersTogether() {
    List<Recording> recordings = twoPartsAndACopy();
    assertThat(paths(recordings))
        .containsExactly(List.of("/d/t.cpu2", "/d/t.cpu3"), List.of("/d/t.cpu3.bak"));
  }

  @Test
  void partsBesideTheirMergedFileAreARecordingOfTheirOwn() {
    List<Recording> recordings =
        group(
            file("/d/t", ID, "", CPUS_2_AND_3),
            file("/d/t.cpu2", ID, "", 2),
            file("/d/t.cpu3", ID, "", 3));
    assertThat(paths(recordings))
        .containsExactly(List.of("/d/t"), List.of("/d/t.cpu2", "/d/t.cpu3"));
  }

  @Test
  void onlyACopyIsWarnedOf() {
    List<Recording> recordings = twoPartsAndACopy();
    assertThat(recordings.get(0).warnings()).isEmpty();
    assertThat(recordings.get(1).warnings())
        .singleElement()
        .asString()
        .startsWith("/d/t.cpu3.bak: another file has the same recording id and the same CPUs;");
  }

  @Test
  void namesTakeAsManyFoldersAsTellThemApart() {
    assertThat(names(group(file("/a/x/t", 0, ""), file("/b/x/t", 0, ""), file("/b/x/u", 0, ""))))
        .containsExactly("a/x/t", "b/x/t", "u");
  }

  @Test
  void aFileMayBeCalledLikeTheBufferOfAnotherOne() {
    assertThat(names(group(file("/d/t", 0, "vm1", 0), file("/d/t:vm1", 0, "", 0))))
        .containsExactly("/d/t:vm1", "/d/t:vm1#2");
  }

  @Test
  void allThatCannotBeToldApartIsNumbered() {
    assertThat(
            names(
                group(
                    file("/d/t", 0, "a:b", 0),
                    file("/d/t:a", 0, "b", 0),
                    file("/d/t:a:b", 0, "", 0))))
        .containsExactly("/d/t:a:b", "/d/t:a:b#2", "/d/t:a:b#3");
  }

  @Test
  void streamsOfSeveralFilesAreInTheOrderOfTheirCpus() {
    List<Recording> recordings =
        group(file("/d/a", ID, "", 2, 5), file("/d/b", ID, "", 4), file("/d/c", ID, "", 0));

    assertThat(recordings.get(0).streams())
        .extracting(stream -> stream.facts().cpu())
        .containsExactly(0, 2, 4, 5);
  }
}
