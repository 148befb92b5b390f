package dev.sshtunnels.forward.connection;

import dev.sshtunnels.forward.socket.ConnectFailure;
import java.nio.ByteBuffer;

/** What a client is told about its channel before the first byte of the target: SOCKS replies, or nothing. */
public interface OpenReply {

    /** A plain forwarded connection: success is silent, failure is a reset. */
    OpenReply NONE = new OpenReply() {
        @Override
        public ByteBuffer opened() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public ByteBuffer failed(ConnectFailure cause) {
            return ByteBuffer.allocate(0);
        }
    };

    ByteBuffer opened();

    /** Empty: the connection is reset. Otherwise the reply is sent and the connection ends with a FIN. */
    ByteBuffer failed(ConnectFailure cause);
}
