package org.vmtrace.collect.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the vCPU threads of a host in {@code /proc}: a process that has a descriptor of a VM runs a
 * guest; those of its threads that have spent time in a guest, or are named like it, run vCPUs.
 */
public final class GuestThreads {
  /** What a descriptor of a VM links to (virt/kvm/kvm_main.c, kvm_dev_ioctl_create_vm). */
  private static final String VM_DESCRIPTOR = "anon_inode:kvm-vm";

  /** QEMU's {@code CPU 0/KVM}, kvmtool's {@code kvm-vcpu-0}, {@code fc_vcpu 0}, {@code vcpu0} … */
  private static final Pattern VCPU_NAME =
      Pattern.compile("CPU (\\d{1,5})/KVM|.*vcpu[ _-]*(\\d{1,5})");

  // Fields of /proc/PID/stat after the name (proc(5), counted from 3): processor 39, guest_time
  // 43.
  private static final int LAST_CPU = 39 - 3;
  private static final int GUEST_TIME = 43 - 3;

  private final Path root;
  private final HostCpus cpus;

  private GuestThreads(Path root, HostCpus cpus) {
    this.root = root;
    this.cpus = cpus;
  }

  /**
   * The vCPU threads of a host, by process and thread; those that may not be looked at left out.
   */
  public static List<GuestThread> find(Path root, HostCpus cpus) {
    GuestThreads guests = new GuestThreads(root, cpus);
    List<GuestThread> found = new ArrayList<>();
    for (int process : guests.numbers("proc")) {
      if (guests.hasVm(process)) {
        guests.addThreads(process, found);
      }
    }
    found.sort(
        Comparator.comparingInt(GuestThread::process)
            .thenComparingInt(GuestThread::vcpu)
            .thenComparingInt(GuestThread::thread));
    return found;
  }

  private List<Integer> numbers(String folder) {
    List<Integer> numbers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder), "[0-9]*")) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.matches("[0-9]{1,9}")) {
          numbers.add(Integer.parseInt(name));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended in the meantime, or belongs to somebody else.
    }
    return numbers;
  }

  private boolean hasVm(int process) {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(root.resolve("proc/" + process + "/fd"))) {
      for (Path entry : entries) {
        if (Files.readSymbolicLink(entry).toString().equals(VM_DESCRIPTOR)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // As above.
    }
    return false;
  }

  private void addThreads(int process, List<GuestThread> found) {
    String guest = guestName(process);
    for (int thread : numbers("proc/" + process + "/task")) {
      String folder = "proc/" + process + "/task/" + thread;
      String stat = HostFiles.text(root, folder + "/stat");
      int nameEnd = stat.lastIndexOf(')');
      String[] fields = stat.substring(nameEnd + 1).strip().split(" ", -1);
      if (nameEnd < 0 || fields.length <= GUEST_TIME) {
        continue;
      }
      String name = HostFiles.text(root, folder + "/comm").strip();
      Matcher matcher = VCPU_NAME.matcher(name);
      boolean named = matcher.matches();
      if (named || !fields[GUEST_TIME].equals("0")) {
        int vcpu = named ? number(matcher) : -1;
        found.add(
            new GuestThread(
                guest,
                process,
                thread,
                name,
                vcpu,
                cpus.allowed(folder + "/status"),
                lastCpu(fields[LAST_CPU])));
      }
    }
  }

  private static int number(Matcher matcher) {
    return Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
  }

  private static int lastCpu(String field) {
    return field.matches("[0-9]{1,6}") ? Integer.parseInt(field) : -1;
  }

  /** What follows {@code -name} (QEMU: {@code guest=web1,debug-threads=on}), else the program. */
  private String guestName(int process) {
    String folder = "proc/" + process;
    String[] arguments = HostFiles.text(root, folder + "/cmdline").split("\0", -1);
    for (int i = 0; i + 1 < arguments.length; i++) {
      if (arguments[i].equals("-name") || arguments[i].equals("--name")) {
        return arguments[i + 1].replaceFirst("^guest=", "").replaceFirst(",.*", "");
      }
    }
    return HostFiles.text(root, folder + "/comm").strip();
  }
}
