/** {@code --check}: walks files and tells what is wrong with them. */
package org.vmtrace.collect.check;
