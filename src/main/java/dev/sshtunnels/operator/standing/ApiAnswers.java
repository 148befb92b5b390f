package dev.sshtunnels.operator.standing;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How the API server has answered lately: what a person has to know when a cache does not come up. Thread-safe. */
public final class ApiAnswers implements Interceptor {

    private static final int FIRST_ERROR = 400;

    /** The last answer to each list and watch that failed; their number is that of the caches. */
    private final Map<Permission, Integer> failed = new ConcurrentHashMap<>();

    private volatile String silence = "";
    private volatile Consumer<Permission> refusals = _ -> {};

    /** Tells of each answer 403. */
    public void onRefusal(Consumer<Permission> listener) {
        refusals = listener;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
        silence = "";
        Permission.of(request.method(), request.uri()).ifPresent(permission -> answered(permission, response.code()));
    }

    private void answered(Permission permission, int code) {
        if (permission.isOfACache()) {
            if (code < FIRST_ERROR) {
                failed.remove(permission);
            } else {
                failed.put(permission, code);
            }
        }
        if (code == HttpURLConnection.HTTP_FORBIDDEN) {
            refusals.accept(permission);
        }
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        silence = "the API server does not answer: " + failure;
    }

    /** What keeps caches from coming up; empty when nothing is known. */
    public Optional<String> trouble() {
        if (!silence.isEmpty()) {
            return Optional.of(silence);
        }
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + meaning(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining("; ")));
    }

    private static String meaning(int code) {
        return switch (code) {
            case HttpURLConnection.HTTP_NOT_FOUND -> "404, install the definitions of crds/";
            case HttpURLConnection.HTTP_FORBIDDEN -> "403, a permission is missing";
            default -> Integer.toString(code);
        };
    }
}
