package io.stackel.check;

import io.stackel.estimate.BatchRequest;
import io.stackel.estimate.Estimand;
import io.stackel.estimate.Follower;
import io.stackel.math.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;

/** The hash by which two requests are the same to the bit, whichever of their arrays are one object. */
final class RequestDigest {

    private RequestDigest() {}

    static String of(BatchRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        add(request.seed(), bytes);
        add(request.iteration(), bytes);
        add(request.innerStep(), bytes);
        add(request.context(), bytes);
        add(request.horizon(), bytes);
        add(request.unitsPerChunk(), bytes);
        add(request.traceDecay(), bytes);
        add(request.diagonalMoments(), bytes);
        request.uppers().forEach(upper -> add(upper, bytes));
        for (Follower follower : request.followers()) {
            add(follower.parameters(), bytes);
            add(follower.value(), bytes);
            add(follower.upperValue(), bytes);
        }
        for (Estimand estimand : request.estimands()) {
            add(estimand, bytes);
        }
        return Sha256.of(bytes.toByteArray());
    }

    private static void add(Object part, ByteArrayOutputStream into) {
        try (ObjectOutputStream out = new ObjectOutputStream(into)) {
            out.writeObject(part);
        } catch (IOException notSerializable) {
            throw new UncheckedIOException(notSerializable);
        }
    }
}
