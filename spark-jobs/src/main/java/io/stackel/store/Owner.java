package io.stackel.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/**
 * A driver's claim on a run; the highest epoch owns it.
 *
 * @param epoch number of the claim, from 1
 * @param uuid distinguishes this claim from another of the same number that lost the race
 * @param host for people
 * @param codeVersion for people; only recorded
 */
public record Owner(int epoch, UUID uuid, String host, String codeVersion) {

    byte[] encode() {
        ObjectNode node = Json.formatted();
        node.put("epoch", epoch).put("uuid", uuid.toString());
        node.put("host", host).put("codeVersion", codeVersion);
        return Json.seal(node);
    }

    static Owner decode(ObjectNode node) {
        return new Owner(
                Json.natural(node, "epoch"),
                UUID.fromString(Json.text(node, "uuid")),
                Json.text(node, "host"),
                Json.text(node, "codeVersion"));
    }
}
