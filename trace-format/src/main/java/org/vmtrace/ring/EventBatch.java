package org.vmtrace.ring;

/**
 * A run of rows decoded from one stream, in stream order, as primitive columns. A batch is filled
 * and filled again: whoever needs a row longer copies what is needed.
 *
 * <p>Most rows are events. A {@link #PAGE} row stands before the events of every page that could be
 * read, and a {@link #DAMAGE} row where the rest of a page could not, so that losses keep their
 * place in the order.
 *
 * <table>
 * <caption>What the columns hold</caption>
 * <tr><th></th><th>time</th><th>thread</th><th>code</th><th>flags</th></tr>
 * <tr><td>EXIT</td><td>ns</td><td>common_pid</td><td>reason code</td><td>isa, FAILED_ENTRY</td></tr>
 * <tr><td>ENTRY</td><td>ns</td><td>common_pid</td><td>0</td><td>IMMEDIATE_EXIT</td></tr>
 * <tr><td>OTHER</td><td>ns</td><td>common_pid</td><td>event id</td><td>0</td></tr>
 * <tr><td>PAGE</td><td>page stamp</td><td>bytes of valid data</td><td>stored count of lost events, 0 unknown</td>
 * <td>LOST</td></tr>
 * <tr><td>DAMAGE</td><td>last time known</td><td>offset in the page</td><td>{@link Damage#code()}</td><td>0</td></tr>
 * </table>
 *
 * <p>Exits and entries also tell the guest's instruction pointer and the number of its vCPU, where
 * their formats have them; rows of pages and of damage tell where their page begins in the file.
 *
 * <p>The time of a DAMAGE row is the last that the reader of its split has seen, 0 where it has
 * seen none: what lies before the split it cannot know.
 *
 * <p>Times are in the unit of the recording's clock, ns for all but cycle counters. Not
 * thread-safe.
 */
public final class EventBatch {
  /**
   * No time lies before this, nor after {@link #LATEST} by more than 2^46, so that no difference of
   * two overflows: the largest is 2^62 - 1 + 2^46 + 2^62 - 2^48, which is less than 2^63.
   *
   * <p>The kernel's times are unsigned, but none is anywhere near these bounds: TAI reaches the
   * upper one in 2116, and a counter that was set a little below 0 is a little below 0 here. The
   * clock s390-tod counts 2^-12 us since 1900 in 64 bits (z/Architecture Principles of Operation,
   * Time-of-Day Clock): it has been above the lower one since 2007 and reaches 0 in 2042.
   */
  public static final long EARLIEST = (1L << 48) - (1L << 62);

  /** See {@link #EARLIEST}; the events of a page may go past it by 2^46. */
  public static final long LATEST = (1L << 62) - 1;

  /** Row kind: the event that opens a latency ({@code kvm_exit}). */
  public static final byte EXIT = 0;

  /** Row kind: the event that closes a latency ({@code kvm_entry}). */
  public static final byte ENTRY = 1;

  /** Row kind: any other event. */
  public static final byte OTHER = 2;

  /** Row kind: a page begins. */
  public static final byte PAGE = 3;

  /** Row kind: the rest of the page cannot be read. */
  public static final byte DAMAGE = 4;

  /** Bits of the flags that hold {@link Isa#flags()}. */
  public static final int ISA_MASK = 0x0f;

  /** Flag of an exit: the CPU refused to enter the guest (bit 31 of a VMX reason). */
  public static final byte FAILED_ENTRY = 0x10;

  /** Flag of an entry: KVM asked the CPU to leave the guest at once. */
  public static final byte IMMEDIATE_EXIT = 0x20;

  /** Flag of a page: events were lost before its first record. */
  public static final byte LOST = 0x40;

  /**
   * Rows of a batch unless told otherwise: 150 KB of columns, so that a batch stays in a core's own
   * cache.
   */
  public static final int DEFAULT_CAPACITY = 4096;

  private static final int NO_PAYLOAD = -1;

  final byte[] kinds;
  final byte[] flags;
  final int[] threads;

  /** Where payloads begin, {@link #NO_PAYLOAD} in rows that are no events. */
  final int[] payloads;

  final int[] payloadLengths;
  final long[] times;
  final long[] codes;

  /** Of rows without a payload: where their pages begin in the file. */
  final long[] positions;

  int size;
  private int cpu;
  private byte[] bytes = new byte[0];
  private EventReader reader;

  /** A batch of {@link #DEFAULT_CAPACITY} rows. */
  public EventBatch() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * A batch.
   *
   * @param capacity rows that it can hold, at least 1
   */
  public EventBatch(int capacity) {
    kinds = new byte[capacity];
    flags = new byte[capacity];
    threads = new int[capacity];
    payloads = new int[capacity];
    payloadLengths = new int[capacity];
    times = new long[capacity];
    codes = new long[capacity];
    positions = new long[capacity];
  }

  /** Empties the batch and says which stream's rows come next. */
  public void clear(int cpu) {
    this.size = 0;
    this.cpu = cpu;
  }

  /** Number of rows. */
  public int size() {
    return size;
  }

  /** Rows that fit. */
  public int capacity() {
    return kinds.length;
  }

  /** The CPU whose ring buffer the rows come from. */
  public int cpu() {
    return cpu;
  }

  /** {@link #EXIT}, {@link #ENTRY}, {@link #OTHER}, {@link #PAGE} or {@link #DAMAGE}. */
  public byte kind(int row) {
    return kinds[row];
  }

  /** See the class: the event's time, or a page's stamp. */
  public long time(int row) {
    return times[row];
  }

  /** See the class: the thread of an event. */
  public int thread(int row) {
    return threads[row];
  }

  /** See the class: the reason code of an exit, the id of another event. */
  public long code(int row) {
    return codes[row];
  }

  /** See the class: isa and marks. */
  public byte flags(int row) {
    return flags[row];
  }

  /** The guest's instruction pointer, 0 where the row does not say. */
  public long instructionPointer(int row) {
    return isEvent(row) ? reader.instructionPointer(bytes, payloads[row], kinds[row]) : 0;
  }

  /** Whether the row says what the guest's instruction pointer is. */
  public boolean hasInstructionPointer(int row) {
    return isEvent(row) && reader.hasInstructionPointer(kinds[row]);
  }

  /** The number of the vCPU, -1 where the row does not say. */
  public int vcpu(int row) {
    return isEvent(row) ? reader.vcpu(bytes, payloads[row], kinds[row]) : -1;
  }

  /**
   * Where the page of a {@link #PAGE} or {@link #DAMAGE} row begins in the file, in bytes; 0 in
   * rows of events.
   */
  public long position(int row) {
    return isEvent(row) ? 0 : positions[row];
  }

  /** Whether the row is an event: {@link #EXIT}, {@link #ENTRY} or {@link #OTHER}. */
  public boolean isEvent(int row) {
    return kinds[row] <= OTHER;
  }

  /** Where an event's payload begins in {@link #bytes()}; negative in other rows. */
  public int payloadOffset(int row) {
    return payloads[row];
  }

  /** Bytes of an event's payload. */
  public int payloadBytes(int row) {
    return payloadLengths[row];
  }

  /** The pages that the rows were read from; valid until the batch is filled again. */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * The kinds of all rows, for loops that cannot afford a call a row; only the first {@link
   * #size()} count.
   */
  public byte[] kinds() {
    return kinds;
  }

  /**
   * The times of all rows, see {@link #kinds()}. A reader with another clock unit converts them in
   * place.
   */
  public long[] times() {
    return times;
  }

  /** The threads of all rows, see {@link #kinds()}. */
  public int[] threads() {
    return threads;
  }

  /** The codes of all rows, see {@link #kinds()}. */
  public long[] codes() {
    return codes;
  }

  /** The flags of all rows, see {@link #kinds()}. */
  public byte[] flags() {
    return flags;
  }

  /**
   * Appends a {@link #DAMAGE} row for a page that could not even be opened.
   *
   * @param cause why
   * @param time the last time known
   * @param position where the page or chunk begins in the file
   * @return whether there was room
   */
  public boolean addDamage(Damage cause, long time, long position) {
    if (size == capacity()) {
      return false;
    }
    append(DAMAGE, time, 0, cause.code(), (byte) 0, position);
    return true;
  }

  void readFrom(byte[] bytes, EventReader reader) {
    this.bytes = bytes;
    this.reader = reader;
  }

  void append(byte kind, long time, int thread, long code, byte flag, long position) {
    int row = size++;
    kinds[row] = kind;
    times[row] = time;
    threads[row] = thread;
    codes[row] = code;
    flags[row] = flag;
    positions[row] = position;
    payloads[row] = NO_PAYLOAD;
    payloadLengths[row] = 0;
  }
}
