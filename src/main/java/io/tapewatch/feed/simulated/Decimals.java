package io.tapewatch.feed.simulated;

/** Numbers as text, digit by digit: a double never comes into it. */
final class Decimals {

    private Decimals() {}

    /** So many units of the last of these decimal places: 12345 of the second is 123.45. */
    static String text(long units, int places) {
        String digits = Long.toString(units);
        if (places == 0) {
            return digits;
        }
        if (digits.length() <= places) {
            digits = "0".repeat(places + 1 - digits.length()) + digits;
        }
        int point = digits.length() - places;
        return new StringBuilder(digits.length() + 1)
                .append(digits, 0, point)
                .append('.')
                .append(digits, point, digits.length())
                .toString();
    }
}
