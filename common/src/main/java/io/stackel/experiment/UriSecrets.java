package io.stackel.experiment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds credentials in addresses: a user with or without a password before the host, and what signs or opens a request
 * in the query, as {@code X-Amz-Signature}. An address is printed, recorded with every commit and found in lists of
 * processes, so there is no place in it for a secret.
 */
public final class UriSecrets {

    /** What to do in place of credentials in an address. */
    public static final String REMEDY = "keep credentials in a file of Hadoop's credential provider"
            + " (spark.hadoop.hadoop.security.credential.provider.path), in the environment or in a role, and fetch what"
            + " lies behind a signed address into a file first";

    private static final String HIDDEN = "***";
    private static final Pattern TOKEN = Pattern.compile("[^\\s\"'<>]++");

    /** The beginning of an address, inside of a path only with its slashes. */
    private static final Pattern SCHEME = Pattern.compile(
            "(?<![A-Za-z0-9+.-])(?:[A-Za-z][A-Za-z0-9+.-]{0,30}:/{1,3}|(?<!/)[A-Za-z][A-Za-z0-9+.-]{0,30}:)");

    private static final Pattern BUCKET = Pattern.compile("s3[an]?:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTAINER = Pattern.compile("(?:abfs|wasb)s?:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    private static final Pattern QUERY = Pattern.compile(
            "([?&;#](?:[\\w.%-]{0,60}(?:signature|token|secret|passw|credential|access-?_?key|api-?_?key|account-?_?key)"
                    + "[\\w.%-]{0,60}|sig|key|pwd|code|auth|authorization)=)[^&#;\\s\"'<>)\\]]+",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SETTING = Pattern.compile(
            "((?:secret[._-]?(?:access[._-]?)?key|access[._-]?key(?:[._-]?id)?|account[._-]?key|session[._-]?token|password)"
                    + "\\s{0,3}=\\s{0,3})[^\\s,;\"'<>)\\]]+",
            Pattern.CASE_INSENSITIVE);

    private UriSecrets() {}

    /** The text, in which credentials of addresses and of settings are hidden. */
    public static String redacted(String text) {
        String shown = text.indexOf(':') < 0
                ? text
                : TOKEN.matcher(text).replaceAll(token -> Matcher.quoteReplacement(withoutUser(token.group())));
        return SETTING.matcher(withoutQuery(shown)).replaceAll("$1" + HIDDEN);
    }

    private static String withoutQuery(String text) {
        return QUERY.matcher(text).replaceAll("$1" + HIDDEN);
    }

    private static String withoutUser(String token) {
        int lastAt = token.lastIndexOf('@');
        StringBuilder shown = new StringBuilder();
        int done = 0;
        Matcher scheme = SCHEME.matcher(token);
        for (int from = 0; scheme.find(from); ) {
            int end = userEnd(token, scheme.group(), scheme.end(), lastAt);
            if (end > scheme.end()) {
                shown.append(token, done, scheme.end()).append(HIDDEN).append('@');
                done = end;
            }
            from = Math.max(end, scheme.end());
        }
        return shown.append(token, done, token.length()).toString();
    }

    /** Where the user ends, with the {@code @}, that an address names after its scheme; or where it begins, if it names none. */
    private static int userEnd(String token, String scheme, int start, int lastAt) {
        boolean bucket = BUCKET.matcher(scheme).matches();
        if (lastAt < start && !bucket) {
            return start;
        }
        int end = start;
        while (end < token.length() && "/?#".indexOf(token.charAt(end)) < 0) {
            end++;
        }
        String authority = token.substring(start, end);
        int colon = authority.indexOf(':');
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            boolean container = colon < 0 && CONTAINER.matcher(scheme).matches();
            return container ? start : start + at + 1;
        }
        if (colon < 0) {
            return start;
        }
        // A bucket has no port, and no port has letters: then a pair is cut by a slash in its second half.
        boolean port = PORT.matcher(authority.substring(colon + 1)).matches();
        if (lastAt >= end && (bucket || !port)) {
            return lastAt + 1;
        }
        return bucket && !port ? token.length() : start;
    }

    /**
     * Why an address is not taken, if it holds credentials; they are not repeated.
     *
     * @param role what the address is of, as {@code a place}
     */
    public static Optional<String> refusal(String role, String address) {
        String shown = withoutQuery(withoutUser(address));
        return shown.equals(address)
                ? Optional.empty()
                : Optional.of(role + " must hold no credentials, but " + shown + " does");
    }
}
