package dev.sshtunnels.ssh;

import dev.sshtunnels.ssh.crypto.Algorithms;
import dev.sshtunnels.ssh.login.HostKey;
import dev.sshtunnels.ssh.login.HostKeyVerdict;
import dev.sshtunnels.ssh.login.KnownHosts;
import dev.sshtunnels.ssh.transport.AesGcm;
import dev.sshtunnels.ssh.transport.LoopTransport;
import dev.sshtunnels.tunnel.HostPort;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.config.keys.ClientIdentityLoader;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Builds MINA clients that do what is asked and nothing else: no {@code ~/.ssh}, no agent, no password, no channels or
 * timers of MINA's. One client serves one connection.
 */
final class SshClients {

    /** RFC 4344 3.2: after 2^32 blocks of a 128 bit cipher. */
    private static final long CIPHERS_OWN_LIMIT = 64L << 30;

    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

    private final LoopTransport transport;
    private final Algorithms algorithms = Algorithms.safe(List.of(AesGcm.aes128(), AesGcm.aes256()));

    SshClients(LoopTransport transport) {
        this.transport = transport;
    }

    SshClient build(Login login, KnownHosts knownHosts, HostPort endpoint, SessionJournal journal) {
        SshClient client = ClientBuilder.builder()
                .keyExchangeFactories(algorithms.keyExchanges())
                .cipherFactories(algorithms.ciphers())
                .macFactories(algorithms.macs())
                .signatureFactories(algorithms.signaturesPreferring(knownHosts.keyTypes(endpoint)))
                .channelFactories(List.of())
                .globalRequestHandlers(List.of(SshClients::declined))
                .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
                .clientIdentityLoader(new NoIdentities())
                .filePasswordProvider(FilePasswordProvider.EMPTY)
                .serverKeyVerifier((_, _, key) -> {
                    HostKeyVerdict verdict = knownHosts.verify(endpoint, HostKey.of(key));
                    journal.hostKeyVerified(verdict);
                    return verdict instanceof HostKeyVerdict.Trusted;
                })
                .build(true);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(new UserAuthPublicKeyFactory(algorithms.signatures())));
        client.setServiceFactories(
                List.of(new WatchedUserAuth.Factory(journal), ClientConnectionServiceFactory.INSTANCE));
        client.setAgentFactory(null);
        client.addSessionListener(journal);
        client.setReservedSessionMessagesHandler(journal);
        transport.install(client);
        configure(client, login);
        return client;
    }

    /** What servers tell or ask by themselves, such as their other host keys, is not for us (RFC 4254 4). */
    private static RequestHandler.Result declined(
            ConnectionService service, String request, boolean wantReply, Buffer buffer) {
        return wantReply ? RequestHandler.Result.ReplyFailure : RequestHandler.Result.Replied;
    }

    private static void configure(SshClient client, Login login) {
        // Deadlines and liveness are ours: MINA's idle timeout would end a quiet session.
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, Duration.ZERO);
        CoreModuleProperties.IGNORE_MESSAGE_FREQUENCY.set(client, 0L);
        CoreModuleProperties.REKEY_BYTES_LIMIT.set(
                client, login.rekeyBytes() == 0 ? CIPHERS_OWN_LIMIT : login.rekeyBytes());
        CoreModuleProperties.REKEY_TIME_LIMIT.set(client, login.rekeyInterval());
        CoreModuleProperties.DISCONNECT_TIMEOUT.set(client, PATIENCE_AT_END);
        CoreModuleProperties.STOP_WAIT_TIME.set(client, PATIENCE_AT_END);
        CoreModuleProperties.PREFERRED_AUTHS.set(client, "publickey");
    }

    /** There are no identity files. */
    private static final class NoIdentities implements ClientIdentityLoader {

        @Override
        public boolean isValidLocation(NamedResource location) {
            return false;
        }

        @Override
        public Iterable<KeyPair> loadClientIdentities(
                SessionContext session, NamedResource location, FilePasswordProvider provider) {
            return List.of();
        }
    }
}
