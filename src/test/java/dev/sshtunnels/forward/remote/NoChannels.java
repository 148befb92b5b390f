package dev.sshtunnels.forward.remote;

import dev.sshtunnels.channel.Channel;
import dev.sshtunnels.channel.ChannelEndpoint;
import dev.sshtunnels.channel.Channels;
import dev.sshtunnels.channel.OpenFailure;

/** Opens none: nobody can look who has a port. */
final class NoChannels implements Channels {

    @Override
    public Channel openDirectTcpip(
            String host, int port, String originatorHost, int originatorPort, ChannelEndpoint endpoint) {
        endpoint.openFailed(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "not permitted");
        return null;
    }

    @Override
    public Channel openDirectStreamlocal(String path, ChannelEndpoint endpoint) {
        throw new AssertionError("nobody asks for it");
    }

    @Override
    public void onForwardedTcpip(ForwardedTcpipHandler handler) {}

    @Override
    public int open() {
        return 0;
    }
}
