package io.tapewatch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Texts that must not show, as they are, URL-encoded, or anywhere within Base64. */
final class Secrets {

    private final Set<String> forms = new LinkedHashSet<>();

    Secrets(String... secrets) {
        Arrays.stream(secrets).flatMap(Secrets::forms).forEach(forms::add);
    }

    /** These and others. */
    Secrets and(Secrets others) {
        Secrets both = new Secrets();
        both.forms.addAll(forms);
        both.forms.addAll(others.forms);
        return both;
    }

    private static Stream<String> forms(String secret) {
        return Stream.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                base64(secret, 0),
                base64(secret, 1),
                base64(secret, 2));
    }

    /** What Base64 has of the secret, whatever is around it, where so many bytes of a group of three come before it. */
    private static String base64(String secret, int before) {
        byte[] bytes = (" ".repeat(before) + secret).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int ownFrom = (before * 8 + 5) / 6;
        int ownTo = bytes.length * 8 / 6;
        return encoded.substring(ownFrom, ownTo);
    }

    /** Those that a text shows, in the form in which it does. */
    List<String> in(String text) {
        return forms.stream().filter(text::contains).toList();
    }

    boolean areIn(String text) {
        for (String form : forms) {
            if (text.contains(form)) {
                return true;
            }
        }
        return false;
    }
}
