/** Says which files and streams are one recording, and analyses them on this machine. */
package org.vmtrace.recording;
