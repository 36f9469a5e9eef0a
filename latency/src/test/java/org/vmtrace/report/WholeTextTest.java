package org.vmtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vmtrace.latency.pair.HandMadeCounts;
import org.vmtrace.latency.summary.HostRow;
import org.vmtrace.latency.summary.Summary.Events;
import org.vmtrace.latency.summary.Summary.KernelStats;
import org.vmtrace.latency.summary.Summary.MovedRow;
import org.vmtrace.latency.summary.Summary.SkippedFile;
import org.vmtrace.latency.summary.Totals;

/** A text with everything in it, as a reader sees it; its numbers are those of {@link HandMade}. */
class WholeTextTest {
  @Test
  void everythingHasItsPlace() {
    HandMade made = new HandMade();
    made.events = new Events(7, 11, 2, 1, 3);
    made.pairing = HandMadeCounts.pairing(9, 8, 1, 2, 3, 1, 2, 4, 5);
    made.threads = 2;
    made.moved = List.of(new MovedRow("trace.bin", 285, "CPU 1/KVM", List.of(0, 3)));
    made.damage = List.of(HandMade.damaged(8192));
    made.kernelStats = List.of(new KernelStats("trace.bin", 3, 10, 20, 30, 40, 50));
    made.hosts =
        List.of(new HostRow("host7", 2, HandMade.TOTALS), new HostRow("host8", 1, Totals.NONE));
    made.skipped = List.of(new SkippedFile("/traces/bad.dat", "this is no trace"));
    made.warnings = List.of("a word of warning");

    assertThat(SummaryText.of(made.summary(), "ask for them"))
        .isEqualTo(
            """
        Number of VM events = 17
        Average VM Exit-Entry latency = 4000us
        Maximum VM Exit-Entry latency = 7000us
        Maximum cumulative latency within 1ms = 12000us

        Recording  trace.bin
        Kernel     Linux host7 6.1.0 #1 SMP x86_64
        Clock      mono
        Time       89.999000000 to 90.012000500 s, 0.013000500 s
        Exits      9 = 3 latencies + 1 excluded + 2 unpaired + 1 dropped by loss + 2 open at end
        Entries    8 = 3 latencies + 1 excluded + 3 unpaired
        Others     7
        Failed     4 exits by which the CPU refused to enter the guest
        Immediate  5 entries to be left at once
        Lost       11 events that were counted, at 2 places: overwritten before they were read. No latency spans a loss, so
                   that the longest ones may be missing; a larger buffer or fewer events lose less.
        Damaged    1 page: read up to the damage, what follows on them is missing.
        Dropped    70 events by the kernel's own count, without a mark in the pages: latencies may span these losses.
        Steps back 3 times the clock stepped back: no latency and no window spans such a step, but for those of threads that
                   moved between CPUs.

        Latencies, us (busy: without exits by which the guest gave up the CPU itself)
                                                 all       busy
          number                                   3          2
          sum                             12,001.999  5,001.999
          mean                             4,000.666  2,501.000
          shortest                             1.999      1.999
          50%                              5,001.215      2.000
          90%                              7,000.000  5,000.000
          99%                              7,000.000  5,000.000
          99.9%                            7,000.000  5,000.000
          99.99%                           7,000.000  5,000.000
          longest                          7,000.000  5,000.000
          largest sum within 1ms          12,000.000  5,000.000
          largest sum, fixed 1ms windows   7,000.000  5,000.000

        Maxima
                                            us         at, s  thread  CPU  reason
          longest                    7,000.000  90.012000000     284    3  HLT
          longest, busy              5,000.000  90.005000000     284    3  EPT_VIOLATION
          sum within 1ms            12,000.000  90.012000000     284
          sum within 1ms, busy       5,000.000  90.005000000     284
          sum of a fixed 1ms         7,000.000  90.000000000     284
          sum of a fixed 1ms, busy   5,000.000  90.005000000     284

        Worst hosts, us (the longest busy latency first)
          host   recordings  latencies  mean, busy    longest       busy  within 1ms       busy  lost  places
          host7           2          3   2,501.000  7,000.000  5,000.000  12,000.000  5,000.000    11       2
          host8           1          0           -          -          -           -          -     0       0

        Exit reasons, us
          reason         code        latencies  of time       mean        99%    longest
          HLT             0xc  idle          1   58.32%  7,000.000  7,000.000  7,000.000
          EPT_VIOLATION  0x30                2   41.68%  2,501.000  5,000.000  5,000.000

        Threads, us
          thread  name       vCPU   CPUs  latencies  of time       mean        99%    longest       busy  within 1ms
             284  CPU 0/KVM     0  0-2,5          3  100.00%  4,000.666  7,000.000  7,000.000  5,000.000  12,000.000
             285  CPU 0/KVM        0-2,5          3  100.00%  4,000.666  7,000.000  7,000.000  5,000.000  12,000.000

        Worst latencies
                 us    exit at, s  thread  name       CPU  reason            guest ip
          7,000.000  90.005000000     284  CPU 0/KVM    3  HLT     0xffffffff81000010
          7,000.000  90.005000000     284  CPU 0/KVM    3  HLT

        Threads that changed CPUs
          thread  name       CPUs
             285  CPU 1/KVM  0,3

        Damage
          page at byte  CPU  cause                                            file
                  8192    3  a record has length 0, at byte 1024 of the page  /traces/trace.bin

        Files that could not be read and were skipped
          file             reason
          /traces/bad.dat  this is no trace

        Events by the kernel's count
          CPU  read  left  overwritten  dropped  nested
            3    50    10           20       40      30

        Warning: a word of warning
        """);
  }
}
