package dev.sshtunnels.tunnel;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Writes addresses as inet_ntop and RFC 5952 do, so that sshd, which compares texts (PermitOpen), knows them again. */
public final class IpText {

    private static final int WORDS = 8;

    private IpText() {}

    public static String of(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : ipv6(address.getAddress());
    }

    private static String ipv6(byte[] bytes) {
        int[] words = new int[WORDS];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int i = 0; i < WORDS; i++) {
            words[i] = buffer.getShort() & 0xffff;
        }
        int start = 0;
        int length = 0;
        for (int i = 0; i < WORDS; i++) {
            int zeros = zerosFrom(words, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length < 2 ? join(words, 0, WORDS) : join(words, 0, start) + "::" + join(words, start + length, WORDS);
    }

    private static int zerosFrom(int[] words, int start) {
        int end = start;
        while (end < WORDS && words[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String join(int[] words, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(words[i]));
        }
        return text.toString();
    }
}
