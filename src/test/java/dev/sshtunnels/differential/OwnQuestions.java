package dev.sshtunnels.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The connections by which the agent finds out where its remote listeners can be reached, in sshd's log. ssh makes none;
 * they are known by the originator that they name (docs/remote-forwards.md).
 */
final class OwnQuestions {

    private static final String ASKED_FOR = "server_input_channel_open: ctype direct-tcpip";
    private static final String ORIGINATOR = "originator 127.0.0.1 port 65535,";
    private static final Pattern ANSWERED =
            Pattern.compile("server_input_channel_open: (confirm|failure) direct-tcpip");
    private static final Pattern OF_CHANNEL = Pattern.compile("channel (\\d+): (new|free|connection failed)");

    private final List<String> others = new ArrayList<>();
    private final Set<String> channels = new HashSet<>();
    /** A request whose originator is in the next line. */
    private String asked;

    private boolean own;

    private OwnQuestions() {}

    /** The log of one session without them. */
    static List<String> leftOut(List<String> lines) {
        OwnQuestions questions = new OwnQuestions();
        lines.forEach(questions::read);
        return questions.others;
    }

    private void read(String line) {
        Matcher ofChannel = OF_CHANNEL.matcher(line);
        boolean channel = ofChannel.find();
        if (line.contains(ASKED_FOR)) {
            asked = line;
        } else if (line.contains(ORIGINATOR)) {
            asked = null;
            own = true;
        } else if (own) {
            if (channel && ofChannel.group(2).equals("new")) {
                channels.add(ofChannel.group(1));
            }
            own = !ANSWERED.matcher(line).find();
        } else if (channel && channels.contains(ofChannel.group(1))) {
            if (ofChannel.group(2).equals("free")) {
                channels.remove(ofChannel.group(1));
            }
        } else {
            if (asked != null) {
                others.add(asked);
                asked = null;
            }
            others.add(line);
        }
    }
}
