package org.vmtrace.collect.host;

import java.util.BitSet;

/**
 * A thread that runs a vCPU.
 *
 * @param guest the guest's name, or that of its program
 * @param process the program's process id
 * @param thread the thread's id
 * @param name the thread's name
 * @param vcpu number of the vCPU, -1 where the thread's name does not tell
 * @param allowed the host's CPUs on which it may run
 * @param lastCpu the CPU on which it ran last
 */
public record GuestThread(
    String guest, int process, int thread, String name, int vcpu, BitSet allowed, int lastCpu) {}
