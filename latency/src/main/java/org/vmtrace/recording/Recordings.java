package org.vmtrace.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vmtrace.event.ClockUnit;
import org.vmtrace.file.CpuStats;
import org.vmtrace.file.TraceMetadata;
import org.vmtrace.latency.summary.RecordingInfo;
import org.vmtrace.latency.summary.Summary.KernelStats;

/**
 * Groups files into recordings: files with the same recording id are one, and each buffer of a file
 * is one of its own, since two buffers may hold the same events.
 */
public final class Recordings {
  private Recordings() {}

  /** The recordings that these files hold, sorted by name. Names are unique. */
  public static List<Recording> group(List<FileFacts> files) {
    List<Group> groups = groups(files);
    List<String> names = DistinctNames.of(groups);
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      recordings.add(recording(groups.get(i), names.get(i)));
    }
    recordings.sort(Comparator.comparing(recording -> recording.info().name()));
    return recordings;
  }

  private static List<Group> groups(List<FileFacts> files) {
    List<Group> groups = new ArrayList<>();
    Map<String, FileFacts> byPath = new TreeMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    Map<String, Map<String, List<FileFacts>>> together = new LinkedHashMap<>();
    for (FileFacts file : byPath.values()) {
      for (String buffer : buffers(file)) {
        if (file.recordingId() == 0) {
          groups.add(new Group(buffer, List.of(file), false));
        } else {
          together
              .computeIfAbsent(id(file), id -> new LinkedHashMap<>())
              .computeIfAbsent(buffer, name -> new ArrayList<>())
              .add(file);
        }
      }
    }
    for (Map<String, List<FileFacts>> recording : together.values()) {
      recording.forEach((buffer, sharing) -> groups.addAll(withOneId(buffer, sharing)));
    }
    return groups;
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
   * Groups files with one id: parts hold different CPUs. A file with a CPU that the files before it
   * hold, too, is a copy, not a part.
   */
  private static List<Group> withOneId(String buffer, List<FileFacts> files) {
    List<Group> groups = new ArrayList<>();
    List<Set<Integer>> cpusOfGroups = new ArrayList<>();
    for (FileFacts file : files) {
      List<Integer> cpus = file.streams(buffer).stream().map(StreamFacts::cpu).toList();
      int group = 0;
      while (group < groups.size() && !Collections.disjoint(cpusOfGroups.get(group), cpus)) {
        group++;
      }
      if (group == groups.size()) {
        groups.add(new Group(buffer, new ArrayList<>(), group > 0));
        cpusOfGroups.add(new HashSet<>());
      }
      groups.get(group).files().add(file);
      cpusOfGroups.get(group).addAll(cpus);
    }
    return groups;
  }

  private static Recording recording(Group group, String name) {
    FileFacts first = group.files().get(0);
    List<RecordingStream> streams = group.streams();
    Map<Integer, String> comms = new TreeMap<>();
    List<KernelStats> stats = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (FileFacts file : group.files()) {
      comms.putAll(file.comms());
      file.cpuStats().stream()
          .filter(cpu -> cpu.buffer().equals(group.buffer()))
          .map(cpu -> kernelStats(name, cpu))
          .forEach(stats::add);
      file.warnings().forEach(warning -> told.add(file.path() + ": " + warning));
    }
    if (group.copy()) {
      told.add(
          group.path()
              + ": another file has the same recording id and the same CPUs; this one is taken for"
              + " a recording of its own, so that events may be counted twice. If it is a copy,"
              + " leave it out");
    }
    String clock = streams.isEmpty() ? "" : streams.get(0).facts().clock();
    clock = clock.isEmpty() ? first.clock() : clock;
    RecordingInfo info =
        new RecordingInfo(
            name,
            first.host(),
            first.kernel(),
            first.converted() && TraceMetadata.mayBeConverted(clock)
                ? ClockUnit.converted(clock)
                : clock,
            group.files().stream().map(FileFacts::path).toList(),
            Map.copyOf(comms),
            first.reasons(),
            first.hasInstructionPointer(),
            group.files().stream().anyMatch(FileFacts::damaged));
    return new Recording(info, streams, stats, told);
  }

  private static KernelStats kernelStats(String recording, CpuStats cpu) {
    return new KernelStats(
        recording,
        cpu.cpu(),
        cpu.entries(),
        cpu.overrun(),
        cpu.commitOverrun(),
        cpu.droppedEvents(),
        cpu.readEvents());
  }
}
