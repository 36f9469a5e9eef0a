package org.vmtrace.testkit;

import java.util.Comparator;

/**
 * A thread of a recording. The idle thread, pid 0, is one per CPU.
 *
 * @param idleCpu the CPU of pid 0, -1 for all others
 */
public record PlainThread(String recording, int pid, int idleCpu) {
  /** By recording, then pid, then CPU. */
  public static final Comparator<PlainThread> ORDER =
      Comparator.comparing(PlainThread::recording)
          .thenComparing(PlainThread::pid)
          .thenComparing(PlainThread::idleCpu);

  /** The thread that an event belongs to. */
  public static PlainThread of(String recording, PlainEvent event) {
    return new PlainThread(recording, event.pid(), event.pid() == 0 ? event.cpu() : -1);
  }
}
