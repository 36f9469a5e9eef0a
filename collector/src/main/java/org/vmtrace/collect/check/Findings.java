package org.vmtrace.collect.check;

import org.vmtrace.ring.Damage;

/**
 * What can be found on the way along a stream. Positions are bytes of the file at which a page
 * begins, of packed data its chunk; times are in the unit of the clock.
 */
public final class Findings {
  private Findings() {}

  /**
   * Events were overwritten before they were read.
   *
   * @param position the page before whose first event they are missing
   * @param time the page's stamp
   * @param events how many, 0 where the kernel did not store it
   */
  public record Loss(long position, long time, long events) {}

  /**
   * A page that cannot be read to its end.
   *
   * @param position the page
   * @param offset the bad record, in bytes from the page's beginning; 0 for the page as a whole
   * @param time the last time that was read before it, 0 where there is none
   * @param cause why
   */
  public record DamagedPage(long position, int offset, long time, Damage cause) {}

  /**
   * An event is earlier than the one before it.
   *
   * @param position the page that it stands on
   * @param time the event before
   * @param amount how far back the event is, more than 0
   */
  public record StepBack(long position, long time, long amount) {}

  /**
   * No event came for some time.
   *
   * @param position the page that the event after it stands on
   * @param time the event before it
   * @param length how long it was
   * @param lossy whether events were lost or could not be read in it, so that it may be no silence
   */
  public record Silence(long position, long time, long length, boolean lossy) {}
}
