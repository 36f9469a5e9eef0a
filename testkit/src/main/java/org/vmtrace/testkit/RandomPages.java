package org.vmtrace.testkit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.vmtrace.testkit.PlainDamage.Cause;
import org.vmtrace.testkit.RandomEvents.Planned;

/** Writes the events of one stream onto pages, losing and damaging some of them on the way. */
final class RandomPages {
  private static final int BAD_RECORD_BYTES = 16;

  private final RandomKnobs knobs;
  private final Random random;
  private final int cpu;
  private final List<Planned> planned;
  private final List<PlainPage> pages = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int next;
  private long lastTime;

  private RandomPages(RandomKnobs knobs, Random random, int cpu, List<Planned> planned) {
    this.knobs = knobs;
    this.random = random;
    this.cpu = cpu;
    this.planned = planned;
    this.lastTime = knobs.startNs;
  }

  /** Writes all pages of a stream. */
  static RandomPages of(RandomKnobs knobs, Random random, int cpu, List<Planned> planned) {
    RandomPages stream = new RandomPages(knobs, random, cpu, planned);
    while (stream.next < planned.size()) {
      stream.addPage();
    }
    if (knobs.cutLastPage) {
      stream.cutLastPage();
    }
    return stream;
  }

  /** The pages as a decoder is to read them. */
  PlainStream expected() {
    return new PlainStream(cpu, List.copyOf(pages));
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void addPage() {
    long lost = chance(knobs.lossRate) ? lose() : -1;
    long firstTime = next < planned.size() ? planned.get(next).event.timeNs() : lastTime;
    // A copied page has the time of the last event before it, else the first event's own.
    boolean copied = random.nextInt(4) == 0 && firstTime >= lastTime;
    PageBuilder page = new PageBuilder(knobs.shape, copied ? lastTime : firstTime);
    long stamp = page.time();
    page.stale(random.nextInt(3) == 0 ? random.nextInt(256) : 0);
    boolean counted = lost >= 0 && random.nextInt(3) > 0;
    if (counted) {
      page.lost(lost);
    } else if (lost >= 0) {
      page.lost();
    }
    if (random.nextBoolean()) {
      page.upperHalfOnes();
    }
    if (chance(knobs.damageRate / 2)) {
      addUnreadable(page);
      return;
    }
    boolean empty = random.nextInt(10) == 0 && chance(knobs.pageEndRate);
    List<PlainEvent> events = empty ? new ArrayList<>() : fill(page);
    PlainDamage damage = null;
    if (chance(knobs.damageRate) && page.free() >= BAD_RECORD_BYTES) {
      damage = damage(page);
      lose();
    } else if (random.nextInt(3) == 0) {
      page.filler();
    }
    boolean stored = counted && page.free() >= knobs.shape.commitBytes();
    pages.add(
        new PlainPage(
            true, stamp, lost >= 0, stored ? lost : 0, page.used(), List.copyOf(events), damage));
    bytes.writeBytes(page.build());
  }

  private List<PlainEvent> fill(PageBuilder page) {
    List<PlainEvent> events = new ArrayList<>();
    while (next < planned.size()) {
      PlainEvent event = planned.get(next).event;
      byte[] payload = planned.get(next).payload;
      if (chance(knobs.fillerRate)) {
        discard(page, event.timeNs());
      }
      if (!page.fits(event.timeNs(), payload) || !canReach(page, event.timeNs())) {
        break;
      }
      page.event(event.timeNs(), payload);
      events.add(onPage(event, events.size()));
      lastTime = event.timeNs();
      next++;
      if (chance(knobs.pageEndRate)) {
        break;
      }
    }
    return events;
  }

  /** A discarded event, a time extend of nothing or an absolute stamp that changes nothing. */
  private void discard(PageBuilder page, long until) {
    if (page.free() < 64) {
      return;
    }
    long time = page.time();
    switch (random.nextInt(3)) {
      case 0 -> {
        long room = Math.min(PageBuilder.MAX_DELTA, Math.max(0, until - time));
        page.discarded((long) (random.nextDouble() * room), 8 + 8 * random.nextInt(5));
      }
      case 1 -> page.timeExtend(0);
      default -> page.absolute(time);
    }
  }

  /** An absolute stamp leads back only where the time has no more than 59 bits. */
  private static boolean canReach(PageBuilder page, long time) {
    return time >= page.time() || time >>> 59 == 0;
  }

  private PlainEvent onPage(PlainEvent event, int index) {
    return new PlainEvent(
        event.kind(),
        event.timeNs(),
        event.pid(),
        event.cpu(),
        event.id(),
        event.isa(),
        event.code(),
        event.failedEntry(),
        event.immediateExit(),
        event.instructionPointer(),
        event.vcpu(),
        pages.size(),
        index);
  }

  /** Takes some of the next events out, and says how many. */
  private int lose() {
    int count = Math.min(random.nextInt(6), planned.size() - next);
    next += count;
    return count;
  }

  private void addUnreadable(PageBuilder page) {
    int most = 0x07ffffff - knobs.shape.dataBytes();
    page.falseLength(knobs.shape.dataBytes() + 1 + random.nextInt(random.nextBoolean() ? 8 : most));
    pages.add(PlainPage.unreadable(new PlainDamage(Cause.COMMIT_EXCEEDS_PAGE, 0)));
    bytes.writeBytes(page.build());
    lose();
  }

  /** Appends a bad record, and bytes that mean nothing. */
  private PlainDamage damage(PageBuilder page) {
    int at = knobs.shape.dataOffset() + page.used();
    Cause[] causes = {
      Cause.RECORD_WORD_CUT,
      Cause.RECORD_EXCEEDS_DATA,
      Cause.RECORD_LENGTH_ZERO,
      Cause.RECORD_LENGTH_SHORT,
      Cause.PADDING_EXCEEDS_DATA,
      Cause.PADDING_LENGTH_SHORT,
      Cause.PADDING_BEFORE_END,
      Cause.EVENT_SHORTER_THAN_HEADER,
      Cause.EVENT_SHORTER_THAN_FORMAT
    };
    Cause cause = causes[random.nextInt(causes.length)];
    switch (cause) {
      case RECORD_WORD_CUT -> page.raw(new byte[1 + random.nextInt(3)]);
      case RECORD_EXCEEDS_DATA -> page.word(1 + random.nextInt(28), 5);
      case RECORD_LENGTH_ZERO -> page.word(0, 5).rawInt(0);
      case RECORD_LENGTH_SHORT -> page.word(0, 5).rawInt(1 + random.nextInt(3));
      case PADDING_EXCEEDS_DATA -> page.word(29, 5).rawInt(random.nextBoolean() ? -1 : 70_000_000);
      case PADDING_LENGTH_SHORT -> page.word(29, 5).rawInt(random.nextInt(4));
      case PADDING_BEFORE_END -> page.word(29, 0).rawInt(0);
      case EVENT_SHORTER_THAN_HEADER -> page.longRecord(5, new byte[4]);
      default -> page.longRecord(5, Arrays.copyOf(knobs.kvm.exit(1, PlainIsa.NONE, 0, 0, 0), 8));
    }
    if (cause != Cause.RECORD_WORD_CUT && cause != Cause.RECORD_EXCEEDS_DATA) {
      byte[] garbage = new byte[random.nextInt(page.free() + 1)];
      random.nextBytes(garbage);
      page.raw(garbage);
    }
    return new PlainDamage(cause, at);
  }

  private void cutLastPage() {
    if (pages.isEmpty()) {
      return;
    }
    byte[] all = bytes.toByteArray();
    bytes.reset();
    bytes.write(all, 0, all.length - 1 - random.nextInt(knobs.shape.pageBytes() - 1));
    pages.set(pages.size() - 1, PlainPage.unreadable(new PlainDamage(Cause.PAGE_CUT_SHORT, 0)));
  }

  private boolean chance(double rate) {
    return random.nextDouble() < rate;
  }
}
