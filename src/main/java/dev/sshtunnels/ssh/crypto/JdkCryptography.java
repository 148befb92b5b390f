package dev.sshtunnels.ssh.crypto;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/** Makes MINA take all its cryptography from the JDK's providers in the JDK's order. */
public final class JdkCryptography extends AbstractSecurityProviderRegistrar {

    private static final String PROVIDER = "SunEC";

    private JdkCryptography() {
        super("JDK");
    }

    /**
     * Tells MINA, once for the process; further calls change nothing. Must come before MINA's first use of keys, because
     * MINA looks once which kinds of keys there are.
     */
    public static void install() {
        System.setProperty(SecurityUtils.SECURITY_PROVIDER_REGISTRARS, "none");
        SecurityUtils.registerSecurityProvider(new JdkCryptography());
    }

    @Override
    public String getProviderName() {
        return PROVIDER;
    }

    @Override
    public Provider getSecurityProvider() {
        return Security.getProvider(PROVIDER);
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public boolean isSupported() {
        return true;
    }

    /** Nothing is claimed, so that MINA asks the JDK. */
    @Override
    public boolean isSecurityEntitySupported(Class<?> entityType, String name) {
        return false;
    }

    @Override
    public String getDefaultSecurityEntitySupportValue(Class<?> entityType) {
        return "";
    }

    @Override
    public boolean isNamedProviderUsed() {
        return false;
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
        return Optional.of(new JdkEd25519());
    }
}
