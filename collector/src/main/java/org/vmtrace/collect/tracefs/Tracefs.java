package org.vmtrace.collect.tracefs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The kernel's tracing file system, where it is mounted. */
public final class Tracefs {
  /** Where it belongs (Documentation/trace/ftrace.rst). */
  private static final String USUAL_PLACE = "sys/kernel/tracing";

  /** Says whether the kernel is locked down: kernel_lockdown(7). */
  private static final String LOCKDOWN = "/sys/kernel/security/lockdown";

  private static final String TYPE = "tracefs";
  private static final String PREFIX = "vm-trace-";

  /** Mounts a file system. */
  public interface Mounter {
    /** Mounts a file system of that type on the folder. */
    void mount(String type, Path folder) throws IOException;
  }

  private final Path folder;
  private final Path proc;

  private Tracefs(Path folder, Path proc) {
    this.folder = folder;
    this.proc = proc;
  }

  /**
   * Takes the folder that the user names.
   *
   * @param root the root of the file system
   * @throws TracefsException if it is no tracefs, or may not be read
   */
  public static Tracefs at(Path folder, Path root) throws TracefsException {
    Tracefs tracefs = new Tracefs(folder, root.resolve("proc"));
    tracefs.requireAccess();
    if (!Files.exists(folder.resolve("trace_clock"))) {
      if (mounted(root).contains(folder)) {
        throw new TracefsException(
            folder
                + " is empty: this kernel is locked down, so that nobody can trace ("
                + LOCKDOWN
                + "); boot it without lockdown=confidentiality");
      }
      throw new TracefsException(
          folder + " is no tracefs: it has no trace_clock; the usual place is /" + USUAL_PLACE);
    }
    return tracefs;
  }

  /**
   * Finds it, and mounts it if it is not mounted.
   *
   * @param root the root of the file system
   * @param tell is told if it had to be mounted
   * @throws TracefsException if there is none, or it may not be used
   */
  public static Tracefs find(Path root, Mounter mounter, Consumer<String> tell)
      throws TracefsException {
    List<Path> mounted = mounted(root);
    Path place = root.resolve(USUAL_PLACE);
    if (mounted.isEmpty()) {
      try {
        mounter.mount(TYPE, place);
      } catch (IOException e) {
        throw new TracefsException(
            "tracefs is not mounted, and mounting it on "
                + place
                + " fails ("
                + e.getMessage()
                + "): as root, try mount -t tracefs tracefs "
                + place,
            e);
      }
      tell.accept("mounted tracefs on " + place + "; it stays mounted");
      return at(place, root);
    }
    return at(mounted.contains(place) ? place : mounted.get(0), root);
  }

  /** Where it is mounted. */
  private static List<Path> mounted(Path root) throws TracefsException {
    List<Path> places = new ArrayList<>();
    String mounts = new ControlFiles(root.resolve("proc")).readWhole("self/mounts");
    for (String line : (Iterable<String>) mounts.lines()::iterator) {
      String[] words = line.split(" ", -1);
      if (words.length > 2 && words[2].equals(TYPE)) {
        // Blanks in names are written in octal (fs/proc_namespace.c, mangle).
        places.add(root.resolve(words[1].substring(1).replace("\\040", " ")));
      }
    }
    return places;
  }

  private void requireAccess() throws TracefsException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      boolean unused = entries.iterator().hasNext();
    } catch (AccessDeniedException e) {
      throw new TracefsException("tracing needs root: run vm-trace-collect with sudo", e);
    } catch (IOException e) {
      throw new TracefsException(
          "cannot use " + folder + " as tracefs: " + TracefsException.reason(e), e);
    }
  }

  /** Where it is mounted. */
  public Path folder() {
    return folder;
  }

  /**
   * Makes the instance of a process.
   *
   * @param pid the process
   * @throws TracefsException if that fails
   */
  public TraceInstance createInstance(long pid) throws TracefsException {
    Path place = folder.resolve("instances").resolve(PREFIX + pid);
    try {
      try {
        Files.createDirectory(place);
      } catch (FileAlreadyExistsException e) {
        // What a collector left that was killed and had the same id.
        Files.delete(place);
        Files.createDirectory(place);
      }
    } catch (AccessDeniedException e) {
      throw new TracefsException(
          "may not make "
              + place
              + ": tracing needs root (sudo), and a kernel that is not locked down",
          e);
    } catch (NoSuchFileException e) {
      throw new TracefsException(
          "this kernel has no " + place.getParent() + ": it is older than Linux 3.10", e);
    } catch (IOException e) {
      throw new TracefsException(
          "cannot make "
              + place
              + ": "
              + TracefsException.reason(e)
              + "; a kernel that is locked down lets nobody trace ("
              + LOCKDOWN
              + ")",
          e);
    }
    return new TraceInstance(place);
  }

  /**
   * Removes the instances of collectors that have died. One that somebody still uses stays: the
   * kernel refuses to remove it.
   *
   * @param tell is told of each that was removed
   */
  public void removeOrphans(Consumer<String> tell) throws TracefsException {
    Path instances = folder.resolve("instances");
    if (!Files.isDirectory(instances)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(instances, PREFIX + "*")) {
      for (Path entry : entries) {
        String pid = entry.getFileName().toString().substring(PREFIX.length());
        if (pid.matches("[0-9]+") && !Files.exists(proc.resolve(pid))) {
          removeOrphan(entry, tell);
        }
      }
    } catch (IOException e) {
      throw new TracefsException(
          "cannot look into " + instances + ": " + TracefsException.reason(e), e);
    }
  }

  /**
   * Removing an instance switches its events off, too (kernel/trace/trace.c, __remove_instance).
   */
  private static void removeOrphan(Path instance, Consumer<String> tell) {
    try {
      Files.delete(instance);
      tell.accept("removed " + instance + ", left by a collector that was killed");
    } catch (NoSuchFileException e) {
      // Somebody was faster.
    } catch (IOException e) {
      tell.accept(
          instance
              + " was left by a collector that was killed, but somebody uses it: "
              + TracefsException.reason(e));
    }
  }

  /** The names of threads that the kernel noted while tracing, by id. */
  public Map<Integer, String> savedComms() throws TracefsException {
    Map<Integer, String> comms = new HashMap<>();
    String text = new ControlFiles(folder).readWhole("saved_cmdlines");
    for (String line : (Iterable<String>) text.lines()::iterator) {
      int blank = line.indexOf(' ');
      if (blank > 0 && line.substring(0, blank).matches("[0-9]{1,9}")) {
        comms.put(Integer.parseInt(line.substring(0, blank)), line.substring(blank + 1));
      }
    }
    return comms;
  }

  /** The kernel's name and version and the node's name, as {@code uname} prints them. */
  public static String uname(Path root) throws TracefsException {
    ControlFiles kernel = new ControlFiles(root.resolve("proc/sys/kernel"));
    return String.join(
        " ",
        kernel.read("ostype"),
        kernel.read("hostname"),
        kernel.read("osrelease"),
        kernel.read("version"),
        System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"));
  }
}
