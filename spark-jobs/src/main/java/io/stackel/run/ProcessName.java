package io.stackel.run;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names this process for people. */
final class ProcessName {

    private ProcessName() {}

    /** Host and process number. */
    static String host() {
        return hostName() + "/" + ProcessHandle.current().pid();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unknown";
        }
    }
}
