package org.vmtrace.collect.check;

import org.vmtrace.collect.check.Findings.DamagedPage;
import org.vmtrace.collect.check.Findings.Loss;
import org.vmtrace.collect.check.Findings.Silence;
import org.vmtrace.collect.check.Findings.StepBack;
import org.vmtrace.file.PageStream;
import org.vmtrace.ring.Damage;
import org.vmtrace.ring.EventBatch;

/** What a walk along one stream has found so far. Not thread-safe. */
public final class StreamCheck {
  private final PageStream stream;
  private final Listed<Loss> losses = new Listed<>();
  private final Listed<DamagedPage> damage = new Listed<>();
  private final Listed<StepBack> stepsBack = new Listed<>();
  private final Silences silences = new Silences();
  private long pages;
  private long exits;
  private long entries;
  private long others;
  private long lostEvents;
  private boolean anyEvent;
  private long earliest;
  private long latest;
  private long lastTime;
  private long position;
  private boolean gap;

  StreamCheck(PageStream stream) {
    this.stream = stream;
  }

  /** Takes the next rows of the stream. */
  void accept(EventBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      switch (batch.kind(row)) {
        case EventBatch.PAGE -> page(batch, row);
        case EventBatch.DAMAGE -> damage(batch, row);
        default -> event(batch.kind(row), batch.time(row));
      }
    }
  }

  private void page(EventBatch batch, int row) {
    pages++;
    position = batch.position(row);
    if ((batch.flags(row) & EventBatch.LOST) != 0) {
      losses.add(new Loss(position, batch.time(row), batch.code(row)));
      lostEvents += batch.code(row);
      gap = true;
    }
  }

  private void damage(EventBatch batch, int row) {
    Damage cause = Damage.ofCode(batch.code(row));
    damage.add(
        new DamagedPage(batch.position(row), batch.thread(row), anyEvent ? lastTime : 0, cause));
    gap = true;
  }

  private void event(byte kind, long time) {
    if (kind == EventBatch.EXIT) {
      exits++;
    } else if (kind == EventBatch.ENTRY) {
      entries++;
    } else {
      others++;
    }
    if (!anyEvent) {
      anyEvent = true;
      earliest = time;
      latest = time;
    } else if (time < lastTime) {
      stepsBack.add(new StepBack(position, lastTime, distance(time, lastTime)));
      earliest = Math.min(earliest, time);
    } else {
      long length = distance(lastTime, time);
      if (length > silences.shortestKept() || length >= Silences.LEAST) {
        silences.add(new Silence(position, lastTime, length, gap));
      }
      latest = Math.max(latest, time);
    }
    lastTime = time;
    gap = false;
  }

  /** Any 64 bits may stand in a file: what does not fit is as much as fits. */
  private static long distance(long from, long to) {
    long distance = to - from;
    return distance < 0 ? Long.MAX_VALUE : distance;
  }

  /** The stream: its CPU, buffer, place in the file. */
  public PageStream stream() {
    return stream;
  }

  /** Pages whose header could be read. */
  public long pages() {
    return pages;
  }

  /** Events that open a latency. */
  public long exits() {
    return exits;
  }

  /** Events that close one. */
  public long entries() {
    return entries;
  }

  /** All other events. */
  public long others() {
    return others;
  }

  /** All events. */
  public long events() {
    return exits + entries + others;
  }

  /** The sum of the stored counts of lost events. */
  public long lostEvents() {
    return lostEvents;
  }

  /** The earliest event's time, null where there is no event. */
  public Long firstTime() {
    return anyEvent ? earliest : null;
  }

  /** The latest event's time, null where there is no event. */
  public Long lastTime() {
    return anyEvent ? latest : null;
  }

  /** Where events were lost. */
  public Listed<Loss> losses() {
    return losses;
  }

  /** Pages that cannot be read to their end. */
  public Listed<DamagedPage> damage() {
    return damage;
  }

  /** Where time steps back. */
  public Listed<StepBack> stepsBack() {
    return stepsBack;
  }

  /** Where no event came for long. */
  public Silences silences() {
    return silences;
  }
}
