package dev.sshtunnels.faults;

/** The faults that the project answers for, each in a few words, by the numbers that the documentation has. */
public enum Row {
    F1("sshd is restarted, and its sessions end"),
    F2("sshd reads its configuration anew (SIGHUP)"),
    F3("sshd does not listen for a while"),
    F4("the network swallows every packet of an idle session"),
    F5("the same, while an upload fills every buffer"),
    F6("the server falls silent in the middle of the handshake or of a rekey"),
    F7("a middlebox has forgotten the connection"),
    F8("only what the server sends is lost"),
    F9("a round-trip time of 300 ms, and 2 % loss"),
    F10("1 Mbit/s, full of bulk data"),
    F11("long packets are lost on the way (MTU)"),
    F12("the server's name does not resolve"),
    F13("the server's name moves to another address"),
    F14("the server's IPv6 address leads nowhere"),
    F15("the server has another host key"),
    F16("the server announces new host keys"),
    F17("the host key that is known is not the server's favourite"),
    F18("the user's key is replaced in the Secret"),
    F19("the server no longer takes the user's key"),
    F20("the private key cannot be used"),
    F21("the user's certificate is not valid"),
    F22("the server asks for more than a key"),
    F23("the server drops logins (MaxStartups)"),
    F24("the server bans the address (PerSourcePenalties)"),
    F25("the server ends idle sessions"),
    F26("new keys under full load"),
    F27("a middlebox flips bits"),
    F28("what listens is no SSH server"),
    F29("another server than OpenSSH"),
    F30("a jump host ends"),
    F31("the server ends the session and says why"),
    F32("the server has no resources for a channel"),
    F33("the target of an L forward refuses"),
    F34("the target of an L forward does not answer"),
    F35("the target of an R forward refuses"),
    F36("targets of R forwards do not answer"),
    F37("names of targets resolve slowly or never"),
    F38("the remote port is in use"),
    F39("a dead session still holds the remote port"),
    F40("the server forbids forwarding"),
    F41("the server binds a remote forward to loopback only"),
    F42("the server binds a remote forward to another address"),
    F43("the server chooses the remote port"),
    F44("two forwards on one remote port"),
    F55("a client comes while the tunnel is down"),
    F58("the agent's container is killed"),
    F59("the agent's pod is evicted"),
    F60("a node is lost"),
    F61("a rollout of L and D"),
    F62("a rollout of R"),
    F63("the operator is down"),
    F64("the leading operator is killed"),
    F65("the lease is lost"),
    F66("the API server is down"),
    F67("the API server answers with errors"),
    F68("others edit the same objects"),
    F69("a child is deleted by hand"),
    F70("a child is edited by hand"),
    F71("Secret or ConfigMap are deleted while in use"),
    F72("the Secret comes later than the tunnel"),
    F73("the tunnel is deleted while connections are open"),
    F74("the tunnel is deleted and made anew at once"),
    F75("fields are edited"),
    F76("two edits follow each other quickly"),
    F77("a spec is invalid in a way that the schema cannot tell"),
    F78("the namespace is deleted and made anew"),
    F79("the definitions are deleted and made anew"),
    F80("the operator's permissions are taken away");

    private final String fault;

    Row(String fault) {
        this.fault = fault;
    }

    /** A few words without a full stop. */
    public String fault() {
        return fault;
    }
}
