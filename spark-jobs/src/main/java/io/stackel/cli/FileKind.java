package io.stackel.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a file is, by its content: a problem has a key {@code kind} at its top, a configuration has {@code format}. */
enum FileKind {
    /** JSON with the tables of a finite problem. */
    PROBLEM,
    /** YAML or JSON that configures a run. */
    CONFIGURATION;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** The kind of a content; what is not JSON, or has neither key, is left to the reader of configurations. */
    static FileKind of(byte[] content) {
        try (JsonParser parser = JSON.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return CONFIGURATION;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals("kind")) {
                    return PROBLEM;
                }
                if (parser.currentName().equals("format")) {
                    return CONFIGURATION;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return CONFIGURATION;
        } catch (JsonProcessingException yaml) {
            return CONFIGURATION;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
