package org.vmtrace.recording;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of recordings: the last parts of their paths, as many as it takes to tell them apart. */
final class DistinctNames {
  private DistinctNames() {}

  /** The names of these groups, in their order. */
  static List<String> of(List<Group> groups) {
    String[] names = new String[groups.size()];
    Set<String> taken = new HashSet<>();
    int longest = groups.stream().mapToInt(group -> parts(group).length).max().orElse(0);
    for (int parts = 1; parts <= longest; parts++) {
      String[] candidates = new String[names.length];
      Map<String, Integer> sharing = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        if (names[i] == null) {
          candidates[i] = name(groups.get(i), parts);
          sharing.merge(candidates[i], 1, Integer::sum);
        }
      }
      for (int i = 0; i < names.length; i++) {
        if (names[i] == null && sharing.get(candidates[i]) == 1 && taken.add(candidates[i])) {
          names[i] = candidates[i];
        }
      }
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i] == null) {
        names[i] = numbered(name(groups.get(i), longest), taken);
      }
    }
    return List.of(names);
  }

  /** A file may be called as the buffer of another one is: then whole paths are not enough. */
  private static String numbered(String name, Set<String> taken) {
    String distinct = name;
    for (int number = 2; !taken.add(distinct); number++) {
      distinct = name + "#" + number;
    }
    return distinct;
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
}
