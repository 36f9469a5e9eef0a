package org.vmtrace.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Summary.KernelStats;

/**
 * Groups files into recordings: files with the same recording id are one, and each buffer of a file
 * is one of its own, since two buffers may hold the same events.
 */
public final class Recordings {
  /** A buffer of some files: a recording without a name. */
  private record Group(String buffer, List<FileFacts> files) {
    String path() {
      return files.get(0).path();
    }

    List<RecordingStream> streams() {
      List<RecordingStream> streams = new ArrayList<>();
      for (FileFacts file : files) {
        for (StreamFacts stream : ofBuffer(buffer, file)) {
          streams.add(new RecordingStream(file.path(), stream));
        }
      }
      streams.sort(Comparator.comparingInt(stream -> stream.facts().cpu()));
      return streams;
    }
  }

  private final List<Group> groups = new ArrayList<>();
  private final IdentityHashMap<Group, String> warnings = new IdentityHashMap<>();

  private Recordings() {}

  /** The recordings that these files hold, sorted by name. Names are unique. */
  public static List<Recording> group(List<FileFacts> files) {
    Recordings recordings = new Recordings();
    Map<String, FileFacts> byPath = new TreeMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    Map<String, Map<String, List<FileFacts>>> together = new LinkedHashMap<>();
    for (FileFacts file : byPath.values()) {
      for (String buffer : buffers(file)) {
        if (file.recordingId() == 0) {
          recordings.groups.add(new Group(buffer, List.of(file)));
        } else {
          together
              .computeIfAbsent(id(file), id -> new LinkedHashMap<>())
              .computeIfAbsent(buffer, name -> new ArrayList<>())
              .add(file);
        }
      }
    }
    for (Map<String, List<FileFacts>> recording : together.values()) {
      recording.forEach(recordings::add);
    }
    return recordings.named();
  }

  /**
   * What makes files one recording: times of different clocks cannot be compared. A text, since a
   * record's hash code is made when it is first asked for, which takes a start 20 ms.
   */
  private static String id(FileFacts file) {
    return file.recordingId() + " " + file.clock();
  }

  private static Set<String> buffers(FileFacts file) {
    Set<String> buffers = new LinkedHashSet<>();
    file.streams().forEach(stream -> buffers.add(stream.buffer()));
    return buffers.isEmpty() ? Set.of("") : buffers;
  }

  /**
   * Makes recordings of files with one id: parts hold different CPUs. A file with a CPU that the
   * files before it hold, too, is a copy, not a part.
   */
  private void add(String buffer, List<FileFacts> files) {
    List<Group> parts = new ArrayList<>();
    List<Set<Integer>> cpusOfParts = new ArrayList<>();
    for (FileFacts file : files) {
      List<Integer> cpus = ofBuffer(buffer, file).stream().map(StreamFacts::cpu).toList();
      int part = 0;
      while (part < parts.size() && !Collections.disjoint(cpusOfParts.get(part), cpus)) {
        part++;
      }
      if (part == parts.size()) {
        parts.add(new Group(buffer, new ArrayList<>()));
        cpusOfParts.add(new HashSet<>());
      }
      parts.get(part).files().add(file);
      cpusOfParts.get(part).addAll(cpus);
    }
    groups.addAll(parts);
    for (Group copy : parts.subList(1, parts.size())) {
      warnings.put(
          copy,
          copy.path()
              + ": another file has the same recording id and the same CPUs; this one is taken for"
              + " a recording of its own, so that events may be counted twice. If it is a copy,"
              + " leave it out");
    }
  }

  private static List<StreamFacts> ofBuffer(String buffer, FileFacts file) {
    return file.streams().stream().filter(stream -> stream.buffer().equals(buffer)).toList();
  }

  private List<Recording> named() {
    IdentityHashMap<Group, String> names = names();
    return groups.stream()
        .map(group -> recording(group, names.get(group)))
        .sorted(Comparator.comparing(recording -> recording.info().name()))
        .toList();
  }

  /** The last parts of the paths, as many as it takes to tell the recordings apart. */
  private IdentityHashMap<Group, String> names() {
    IdentityHashMap<Group, String> names = new IdentityHashMap<>();
    Set<String> taken = new HashSet<>();
    int longest = groups.stream().mapToInt(group -> parts(group).length).max().orElse(0);
    List<Group> unnamed = groups;
    for (int parts = 1; parts <= longest && !unnamed.isEmpty(); parts++) {
      Map<String, List<Group>> sharing = new LinkedHashMap<>();
      for (Group group : unnamed) {
        sharing.computeIfAbsent(name(group, parts), name -> new ArrayList<>()).add(group);
      }
      List<Group> still = new ArrayList<>();
      for (Map.Entry<String, List<Group>> entry : sharing.entrySet()) {
        if (entry.getValue().size() == 1 && taken.add(entry.getKey())) {
          names.put(entry.getValue().get(0), entry.getKey());
        } else {
          still.addAll(entry.getValue());
        }
      }
      unnamed = still;
    }
    number(unnamed, longest, taken, names);
    return names;
  }

  /** A file may be called as the buffer of another one is: then whole paths are not enough. */
  private static void number(
      List<Group> unnamed, int longest, Set<String> taken, IdentityHashMap<Group, String> names) {
    for (Group group : unnamed) {
      String name = name(group, longest);
      String distinct = name;
      for (int number = 2; !taken.add(distinct); number++) {
        distinct = name + "#" + number;
      }
      names.put(group, distinct);
    }
  }

  private static String[] parts(Group group) {
    return group.path().split("/");
  }

  private static String name(Group group, int parts) {
    String[] path = parts(group);
    int from = Math.max(0, path.length - parts);
    String name = String.join("/", List.of(path).subList(from, path.length));
    return group.buffer().isEmpty() ? name : name + ":" + group.buffer();
  }

  private Recording recording(Group group, String name) {
    FileFacts first = group.files().get(0);
    List<RecordingStream> streams = group.streams();
    Map<Integer, String> comms = new TreeMap<>();
    List<KernelStats> stats = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (FileFacts file : group.files()) {
      comms.putAll(file.comms());
      file.kernelStats().stream()
          .filter(cpu -> cpu.recording().equals(group.buffer()))
          .map(
              cpu ->
                  new KernelStats(
                      name,
                      cpu.cpu(),
                      cpu.entries(),
                      cpu.overrun(),
                      cpu.commitOverrun(),
                      cpu.droppedEvents(),
                      cpu.readEvents()))
          .forEach(stats::add);
      file.warnings().forEach(warning -> told.add(file.path() + ": " + warning));
    }
    if (warnings.containsKey(group)) {
      told.add(warnings.get(group));
    }
    String clock = streams.isEmpty() ? "" : streams.get(0).facts().clock();
    clock = clock.isEmpty() ? first.clock() : clock;
    RecordingInfo info =
        new RecordingInfo(
            name,
            first.host(),
            first.kernel(),
            first.converted() && TraceMetadata.mayBeConverted(clock) ? clock + " (ns)" : clock,
            group.files().stream().map(FileFacts::path).toList(),
            Map.copyOf(comms),
            first.reasons(),
            first.hasInstructionPointer(),
            group.files().stream().anyMatch(FileFacts::damaged));
    return new Recording(info, streams, stats, told);
  }
}
