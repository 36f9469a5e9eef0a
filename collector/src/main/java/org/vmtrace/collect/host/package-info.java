/** This machine: its CPUs, its guests, and the threads of this process. */
package org.vmtrace.collect.host;
