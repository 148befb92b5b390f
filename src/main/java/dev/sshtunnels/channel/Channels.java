package dev.sshtunnels.channel;

/** The channels of one session; event loop only. */
public interface Channels {

    /**
     * Opens a {@code direct-tcpip} channel (RFC 4254 7.2).
     *
     * @param host target as the server shall resolve it
     * @param originatorHost IP literal of the client
     */
    Channel openDirectTcpip(String host, int port, String originatorHost, int originatorPort, ChannelEndpoint endpoint);

    /**
     * Opens a {@code direct-streamlocal@openssh.com} channel (OpenSSH PROTOCOL 2.4).
     *
     * @param path of a Unix socket on the server
     */
    Channel openDirectStreamlocal(String path, ChannelEndpoint endpoint);

    /** Who answers {@code forwarded-tcpip} channels that the server opens (RFC 4254 7.2). */
    void onForwardedTcpip(ForwardedTcpipHandler handler);

    /** Number of channels that are not closed yet. */
    int open();

    /** Answers channels that the server opens for remote forwards. */
    interface ForwardedTcpipHandler {
        /**
         * A connection arrived at a remote listener.
         *
         * @param listenHost address string as the server names the listener
         * @param listenPort its port
         * @param incoming to be accepted or refused, now or later, exactly once
         */
        void incoming(String listenHost, int listenPort, String originatorHost, int originatorPort, Incoming incoming);
    }

    /** A channel that the server wants to open. */
    interface Incoming {

        /** Who connected, as the server tells. */
        Originator originator();

        Channel accept(ChannelEndpoint endpoint);

        /** Refuses with a reason code of RFC 4254 5.1. */
        void refuse(int reason, String description);
    }
}
