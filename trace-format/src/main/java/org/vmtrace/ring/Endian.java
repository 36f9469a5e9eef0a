package org.vmtrace.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads numbers of a page in the byte order of the kernel that wrote it.
 *
 * <p>One subclass a byte order, chosen once per stream: as long as a process has met only one of
 * them, the virtual machine binds the calls statically. Offsets outside of the array throw {@link
 * IndexOutOfBoundsException}; callers check lengths first.
 */
public abstract class Endian {
  private Endian() {}

  /** Little-endian kernels: x86, arm64, riscv, ppc64le. */
  public static Endian little() {
    return Little.INSTANCE;
  }

  /** Big-endian kernels: s390, ppc64. */
  public static Endian big() {
    return Big.INSTANCE;
  }

  /** The reader for a byte order. */
  public static Endian of(ByteOrder order) {
    return order == ByteOrder.BIG_ENDIAN ? big() : little();
  }

  /** The byte order that this reads. */
  public abstract ByteOrder order();

  /** An unsigned 16-bit number. */
  public abstract int u16(byte[] bytes, int at);

  /** A 32-bit number. */
  public abstract int i32(byte[] bytes, int at);

  /** A 64-bit number. */
  public abstract long i64(byte[] bytes, int at);

  /**
   * The type or length of a record from its first word, 0 to 31. The C bit field lies in the low
   * five bits on little-endian kernels and in the top five on big-endian ones
   * (include/linux/ring_buffer.h, ring_buffer_event).
   */
  public abstract int typeLength(int word);

  /** The 27-bit time delta of a record from its first word. */
  public abstract int timeDelta(int word);

  /**
   * The unsigned number that ends before {@code end}, for loops that cannot afford a branch on its
   * size: eight bytes are read, those in front of the number are dropped. So there must be eight
   * bytes before {@code end}.
   *
   * @param drop 64 less the number's bits
   */
  abstract long unsignedBefore(byte[] bytes, int end, int drop);

  /** The signed number that ends before {@code end}, see {@link #unsignedBefore}. */
  abstract long signedBefore(byte[] bytes, int end, int drop);

  /** An unsigned 32-bit number. */
  public final long u32(byte[] bytes, int at) {
    return i32(bytes, at) & 0xffffffffL;
  }

  /**
   * An unsigned number of 1, 2, 4 or 8 bytes (8: all 64 bits as they are).
   *
   * @throws IllegalArgumentException for other sizes
   */
  public final long unsigned(byte[] bytes, int at, int size) {
    return switch (size) {
      case 1 -> bytes[at] & 0xff;
      case 2 -> u16(bytes, at);
      case 4 -> u32(bytes, at);
      case 8 -> i64(bytes, at);
      default -> throw new IllegalArgumentException("a number of " + size + " bytes");
    };
  }

  /**
   * A signed number of 1, 2, 4 or 8 bytes.
   *
   * @throws IllegalArgumentException for other sizes
   */
  public final long signed(byte[] bytes, int at, int size) {
    return switch (size) {
      case 1 -> bytes[at];
      case 2 -> (short) u16(bytes, at);
      case 4 -> i32(bytes, at);
      case 8 -> i64(bytes, at);
      default -> throw new IllegalArgumentException("a number of " + size + " bytes");
    };
  }

  private static final class Little extends Endian {
    static final Endian INSTANCE = new Little();
    private static final VarHandle I16 =
        MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I32 =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I64 =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public ByteOrder order() {
      return ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public int u16(byte[] bytes, int at) {
      return (short) I16.get(bytes, at) & 0xffff;
    }

    @Override
    public int i32(byte[] bytes, int at) {
      return (int) I32.get(bytes, at);
    }

    @Override
    public long i64(byte[] bytes, int at) {
      return (long) I64.get(bytes, at);
    }

    @Override
    long unsignedBefore(byte[] bytes, int end, int drop) {
      return (long) I64.get(bytes, end - Long.BYTES) >>> drop;
    }

    @Override
    long signedBefore(byte[] bytes, int end, int drop) {
      return (long) I64.get(bytes, end - Long.BYTES) >> drop;
    }

    @Override
    public int typeLength(int word) {
      return word & 31;
    }

    @Override
    public int timeDelta(int word) {
      return word >>> 5;
    }
  }

  private static final class Big extends Endian {
    static final Endian INSTANCE = new Big();
    private static final VarHandle I16 =
        MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I32 =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I64 =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    @Override
    public ByteOrder order() {
      return ByteOrder.BIG_ENDIAN;
    }

    @Override
    public int u16(byte[] bytes, int at) {
      return (short) I16.get(bytes, at) & 0xffff;
    }

    @Override
    public int i32(byte[] bytes, int at) {
      return (int) I32.get(bytes, at);
    }

    @Override
    public long i64(byte[] bytes, int at) {
      return (long) I64.get(bytes, at);
    }

    @Override
    long unsignedBefore(byte[] bytes, int end, int drop) {
      return (long) I64.get(bytes, end - Long.BYTES) << drop >>> drop;
    }

    @Override
    long signedBefore(byte[] bytes, int end, int drop) {
      return (long) I64.get(bytes, end - Long.BYTES) << drop >> drop;
    }

    @Override
    public int typeLength(int word) {
      return word >>> 27;
    }

    @Override
    public int timeDelta(int word) {
      return word & 0x07ffffff;
    }
  }
}
