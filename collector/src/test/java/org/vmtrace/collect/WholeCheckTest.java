package org.vmtrace.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vmtrace.collect.CheckTest.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vmtrace.testkit.Json;
import org.vmtrace.testkit.KvmEvents;
import org.vmtrace.testkit.PageBuilder;
import org.vmtrace.testkit.PageShape;
import org.vmtrace.testkit.TraceDatBuilder;

/** All that {@code --check} says of a file that has a bit of everything, as a reader sees it. */
class WholeCheckTest {
  private static final KvmEvents KVM = KvmEvents.linux61();

  @TempDir Path folder;

  @Test
  void everythingHasItsPlaceInTheText() throws IOException {
    assertThat(check())
        .isEqualTo(
            """
        File       trace.bin
        Container  trace.dat 6, 32,768 bytes
        Kernel     Linux host7 6.1.0 x86_64
        Clock      mono
        Verdict    not well: events were lost at 2 places (7 by the stored counts); the kernel dropped 5 events without a
                   mark; 9 events that were read are not in the file; 1 page is damaged; time steps back 1 time

        Streams
          buffer  CPU  at byte   bytes  pages  exits  entries  others     first, s         last  losses  damaged  steps back
                    0     4096  20,480      5      5        5       1  1.000000000  6.000005000       2        1           1
          side      3    28672   4,096      1      1        1       0  4.000000000  4.000005000       0        0           0

        Losses: events were overwritten before they were read
          CPU  page at byte        at, s  events lost
            0          8192  2.000000000            7
            0         20480  6.000000000      unknown

        Damage: pages that cannot be read to their end
          CPU  page at byte  byte of it  last time, s  cause
            0         12288         120   5.000005000  a record has length 0

        Steps back: events that are earlier than the one before
          CPU  page at byte      from, s    back by, us
            0         16384  5.000005000  2,000,005.000

        Longest times without an event
          buffer  CPU  page at byte      from, s        for, us
                    0         12288  2.000005000  2,999,995.000
                    0         20480  3.000005000  2,999,995.000  events are missing there
                    0          8192  1.000006000    999,994.000  events are missing there
          side      3         28672  4.000000000          5.000

        Events by the kernel's count, and on the pages
          CPU  read  on pages  left  overwritten  dropped  nested
            0    20        11     1            7        3       2
        """);
  }

  @Test
  void everythingHasItsPlaceInTheJson() throws IOException {
    assertThat(Json.parseObject(check("--json")))
        .isEqualTo(
            Json.parseObject(
                """
        {
          "schema_version": 1,
          "files": [ {
            "path": "trace.bin",
            "well": false,
            "troubles": [
              "events were lost at 2 places (7 by the stored counts)",
              "the kernel dropped 5 events without a mark",
              "9 events that were read are not in the file",
              "1 page is damaged",
              "time steps back 1 time" ],
            "container": "trace.dat 6",
            "bytes": 32768,
            "kernel": "Linux host7 6.1.0 x86_64",
            "clock": "mono",
            "converted_to_ns": false,
            "streams": [ {
              "buffer": "",
              "cpu": 0,
              "offset": 4096,
              "bytes": 20480,
              "page_bytes": 4096,
              "pages": 5,
              "exits": 5,
              "entries": 5,
              "other": 1,
              "first_time_ns": 1000000000,
              "last_time_ns": 6000005000,
              "lost": 7,
              "lost_places": 2,
              "damaged_pages": 1,
              "steps_back": 1,
              "long_silences": 3,
              "losses": [ {
                "offset": 8192,
                "time_ns": 2000000000,
                "lost": 7
              }, {
                "offset": 20480,
                "time_ns": 6000000000,
                "lost": null
              } ],
              "damage": [ {
                "offset": 12288,
                "offset_in_page": 120,
                "cause": "RECORD_LENGTH_ZERO"
              } ],
              "time_steps": [ {
                "offset": 16384,
                "time_ns": 5000005000,
                "back_ns": 2000005000
              } ],
              "longest_silences": [ {
                "offset": 12288,
                "time_ns": 2000005000,
                "length_ns": 2999995000,
                "events_missing": false
              }, {
                "offset": 20480,
                "time_ns": 3000005000,
                "length_ns": 2999995000,
                "events_missing": true
              }, {
                "offset": 8192,
                "time_ns": 1000006000,
                "length_ns": 999994000,
                "events_missing": true
              }, {
                "offset": 4096,
                "time_ns": 1000000000,
                "length_ns": 5000,
                "events_missing": false
              }, {
                "offset": 8192,
                "time_ns": 2000000000,
                "length_ns": 5000,
                "events_missing": false
              } ]
            }, {
              "buffer": "side",
              "cpu": 3,
              "offset": 28672,
              "bytes": 4096,
              "page_bytes": 4096,
              "pages": 1,
              "exits": 1,
              "entries": 1,
              "other": 0,
              "first_time_ns": 4000000000,
              "last_time_ns": 4000005000,
              "lost": 0,
              "lost_places": 0,
              "damaged_pages": 0,
              "steps_back": 0,
              "long_silences": 0,
              "losses": [ ],
              "damage": [ ],
              "time_steps": [ ],
              "longest_silences": [ {
                "offset": 28672,
                "time_ns": 4000000000,
                "length_ns": 5000,
                "events_missing": false
              } ]
            } ],
            "kernel_stats": [ {
              "buffer": "",
              "cpu": 0,
              "read_events": 20,
              "events_on_pages": 11,
              "entries": 1,
              "overrun": 7,
              "dropped_events": 3,
              "commit_overrun": 2
            } ],
            "warnings": [ ]
          } ],
          "refused": [ ]
        }
        """));
  }

  /** What the check prints, with the file's name for its path. */
  private String check(String... options) throws IOException {
    Path path = Files.write(folder.resolve("trace.bin"), file());
    String[] arguments = new String[options.length + 2];
    arguments[0] = "--check";
    arguments[1] = path.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    Run run = Run.of(arguments);
    assertThat(run.exitCode()).isEqualTo(3);
    return run.out().replace(path.toString(), "trace.bin");
  }

  /**
   * Two buffers: events lost before the second and the fifth page of the first one, damage on the
   * third, and on the fourth time has stepped back. The kernel has counted nine events more.
   */
  private static byte[] file() {
    return new TraceDatBuilder(PageShape.X86_64)
        .events(KVM)
        .uname("Linux host7 6.1.0 x86_64")
        .pages(
            0,
            PageBuilder.concat(
                page(1).event(1_000_006_000L, KVM.other(100)),
                page(2).lost(7),
                page(5).word(0, 5).rawInt(0),
                page(3),
                page(6).lost()))
        .pages("side", 3, page(4).build())
        .cpuStat(
            0, "entries: 1\noverrun: 7\ncommit overrun: 2\ndropped events: 3\nread events: 20\n")
        .version6();
  }
}
